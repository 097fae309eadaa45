"""One handoff of a run: a caller who types the wish, a person who is told, claims and talks, and a fault."""

import random
from typing import Final

from local.rehearsal.caller import PLEA, WAITING
from local.rehearsal.chaos.colleague import Colleague
from local.rehearsal.chaos.detour import Detour
from local.rehearsal.chaos.faults import Fault, Strike
from local.rehearsal.chaos.truth import Truth
from local.rehearsal.clock import now
from local.rehearsal.scenarios.call import Call
from local.rehearsal.scenarios.people import Person
from local.rehearsal.scenarios.stage import Stage

ENDED: Final = "ended after the caller left"
# Whoever has just come may not be listed yet.
_GONE_FOR_S: Final = 0.5
_HELLO: Final = "Hello, this is {name}."


class Act(Call):
    """What a play is given; `limits` are what the fault at hand may cost."""

    maria: Colleague
    jonas: Colleague

    def __init__(self, stage: Stage, *, detour: Detour, dice: random.Random) -> None:
        super().__init__(stage)
        self.detour, self.dice, self.truth = detour, dice, Truth(stage.stack, stage.room)
        self.faults: list[Fault] = []
        self.patience_s = 5.0  # from the caller's leaving to the row's end
        self.replaced_within_s = 3.0  # from an AI's end to the next one's track

    def _person(self, name: str) -> Colleague:
        return Colleague(self.stage, name)

    def fault(self, kind: str, strike: Strike, *, everywhere: bool = False, **more: object) -> Fault:
        """In this handoff's room alone where the kind tells of one; the report counts how often it struck."""
        room = "" if everywhere else self.stage.room
        # Its own dice: how many requests pass decides nothing else.
        dice = random.Random(self.dice.random())  # noqa: S311 - to be repeated
        made = Fault(kind=kind, strike=strike, room=room, dice=dice, **more)  # type: ignore[arg-type]
        self.faults.append(made)
        return made

    async def asks(self) -> None:
        """In writing, as soon as the AI is there: hearing is not what is put to the test."""
        await self.caller.comes()
        self.asks_again()

    def asks_again(self) -> None:
        self.caller.types(PLEA)
        self.stage.chronicle.note("caller_asked", actor="caller")

    async def is_asked_for_a_person(self) -> None:
        await self.asks()
        await self.maria.is_told()

    async def is_joined(self, *, by: Person, within_s: float = 8) -> None:
        # So that there is something to be cut when the person can be heard.
        self.caller.types(WAITING[0])
        await by.joins()
        await self.ai.leaves(within_s=within_s, limit_s=within_s)
        await self.is_heard(by)

    async def is_heard(self, person: Person) -> None:
        """The caller hears their voice, by its energy."""
        since, stage = now(), self.stage
        await person.says(_HELLO.format(name=person.name))
        heard = stage.hearsay.heard[("caller", "human")]
        await stage.until(
            f"{person.name}'s voice at the caller's ear", lambda: heard.first_loud(since=since), within_s=20
        )
        stage.chronicle.note("human_heard", actor="human")

    async def goes_well(self, *, ends_within_s: float = 0) -> None:
        """Asked for, told, claimed, joined, left alone with a person, completed: whatever breaks."""
        await self.is_asked_for_a_person()
        await self.is_taken_over()
        await self.hangs_up(within_s=ends_within_s)

    async def hangs_up(self, *statuses: str, within_s: float = 0) -> None:
        """The caller does; the row is where it must be in time."""
        within_s = max(within_s, self.patience_s)
        await self.caller.leaves()
        left = now()
        await self.rows.reaches(*(statuses or ("completed",)), within_s=within_s + 30)
        self.stage.measure(ENDED, now() - left, limit_s=within_s)

    async def is_rid_of(self, identity: str, *, within_s: float) -> float:
        """LiveKit lists them no longer; returns when it did last."""
        since = now()

        def gone() -> bool:
            looked = self.truth.seen_since(max(since, self.truth.last_seen(identity)) + _GONE_FOR_S)
            return looked and now() - self.truth.last_seen(identity) > _GONE_FOR_S

        await self.stage.until(f"the removal of {identity}", gone, within_s=within_s)
        return self.truth.last_seen(identity)
