"""Who in the room could be heard by the caller and when, and for how long that was nobody."""

from dataclasses import dataclass
from itertools import combinations

from local.rehearsal.messages import Sign


@dataclass(frozen=True, slots=True)
class Spell:
    """One participant's audio track was there and not muted."""

    identity: str
    role: str
    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody but the caller had an audio track that was not muted."""

    began: float
    ended: float

    @property
    def seconds(self) -> float:
        return self.ended - self.began


class Attendance:
    """Grows with the signs that the caller's ear told."""

    def __init__(self) -> None:
        self._audible: dict[str, Sign] = {}
        self._spells: list[Spell] = []
        self._dead: dict[str, float] = {}
        self._away_since: float | None = None

    def take(self, sign: Sign) -> None:
        if sign.sign == "audible":
            self._come_back(sign.at)
            self._audible.setdefault(sign.identity, sign)
        elif sign.sign in {"inaudible", "gone"} and (began := self._audible.pop(sign.identity, None)):
            self._spells.append(Spell(began.identity, began.role, began.at, sign.at))

    def leave(self, at: float) -> None:
        """The caller has gone: they hear nobody, and nobody leaves them alone until they call again."""
        for sign in self._audible.values():
            self._spells.append(Spell(sign.identity, sign.role, sign.at, at))
        self._audible.clear()
        self._away_since = at

    def _come_back(self, at: float) -> None:
        if self._away_since is not None:
            self._spells.append(Spell("", "away", self._away_since, at))
            self._away_since = None

    def die(self, identity: str, at: float) -> None:
        """From now on its track carries nothing, although LiveKit may not have noticed yet."""
        self._dead[identity] = at

    def audible(self, role: str) -> str | None:
        """The identity of this role that can be heard now: the last one to come, and alive."""
        found = [sign for sign in self._audible.values() if sign.role == role]
        alive = [sign.identity for sign in found if sign.identity not in self._dead]
        return alive[-1] if alive else None

    def spells(self, *, until: float) -> list[Spell]:
        going_on = [Spell(sign.identity, sign.role, sign.at, until) for sign in self._audible.values()]
        cut = [self._cut(spell, until) for spell in (*self._spells, *going_on)]
        return sorted((spell for spell in cut if spell.ended > spell.began), key=lambda spell: spell.began)

    def _cut(self, spell: Spell, until: float) -> Spell:
        ended = min(spell.ended, until, self._dead.get(spell.identity, until))
        return Spell(spell.identity, spell.role, spell.began, ended)

    def gaps(self, *, until: float) -> list[Gap]:
        """From the first partner on: before that the caller is waited for, not left."""
        spells = self.spells(until=until)
        gaps: list[Gap] = []
        heard_until = spells[0].ended if spells else until
        for spell in spells:
            if spell.began > heard_until:
                gaps.append(Gap(heard_until, spell.began))
            heard_until = max(heard_until, spell.ended)
        return [*gaps, Gap(heard_until, until)] if heard_until < until else gaps

    def alone_s(self, *, until: float) -> float:
        return sum(gap.seconds for gap in self.gaps(until=until))

    def rivals_s(self, *, until: float) -> float:
        """How long two AIs could be heard at once."""
        ais = [spell for spell in self.spells(until=until) if spell.role == "ai"]
        return sum(_overlap(one, other) for one, other in combinations(ais, 2))


def _overlap(one: Spell, other: Spell) -> float:
    if one.identity == other.identity:
        return 0.0
    return max(0.0, min(one.ended, other.ended) - max(one.began, other.began))
