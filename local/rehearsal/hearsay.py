"""All that the actors told: moments, sentences and loudness, kept by who heard whom."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from local.rehearsal.loudness import Loudness
from local.rehearsal.messages import Failed, Heard, Message, Moment, Said
from local.rehearsal.timeline import Timeline


@dataclass(slots=True)
class Hearsay:
    """Grows while the call goes on; `happened` is called for each step that is new."""

    happened: Callable[[Moment], None]
    timeline: Timeline = field(default_factory=Timeline)
    said: dict[str, list[Said]] = field(default_factory=lambda: defaultdict(list))
    heard: dict[tuple[str, str], Loudness] = field(default_factory=lambda: defaultdict(Loudness))
    failures: list[Failed] = field(default_factory=list)

    def take(self, message: Message) -> None:
        match message:
            case Moment():
                self.note(message)
            case Said():
                self.said[message.actor].append(message)
            case Heard():
                self.heard[(message.ear, message.speaker)].extend(message.at, message.dbfs)
            case Failed():
                self.failures.append(message)

    def note(self, moment: Moment) -> None:
        if self.timeline.note(moment):
            self.happened(moment)

    def just_began(self, ear: str, speaker: str, *, within_s: float, quiet_s: float = 0.15) -> bool:
        """Whether this speaker has just begun a sentence; between two of them there is a short pause."""
        loudness = self.heard[(ear, speaker)]
        if not loudness.at or loudness.at[-1] - (loudness.last_loud() or 0.0) > quiet_s:
            return False
        recent = loudness.spells(pause_s=quiet_s, since=loudness.at[-1] - within_s - quiet_s)
        return bool(recent) and recent[-1].began >= loudness.at[-1] - within_s
