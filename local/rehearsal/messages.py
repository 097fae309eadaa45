"""What the actors' processes and the conductor tell one another: one typed JSON object a line."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass


class MessageError(ValueError):
    """A line on the pipe was not one of our messages."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something happened at `at` seconds of this machine's monotonic clock."""

    step: str
    at: float
    actor: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A batch of 10 ms frames of `speaker`, as the ear of `ear` measured them."""

    ear: str
    speaker: str
    at: tuple[float, ...]
    dbfs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that `actor` spoke, with the loudness that left the mouth."""

    actor: str
    text: str
    at: tuple[float, ...]
    dbfs: tuple[float, ...]

    @property
    def began(self) -> float:
        return self.at[0]

    @property
    def ended(self) -> float:
        return self.at[-1] + 0.01


@dataclass(frozen=True, slots=True)
class Sign:
    """What `ear` saw of somebody: joined, audible, inaudible or gone."""

    ear: str
    identity: str
    role: str
    sign: str
    at: float


@dataclass(frozen=True, slots=True)
class Overheard:
    """Words that came into the room in writing beside the voice that says them."""

    ear: str
    role: str
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Failed:
    """An actor could not go on."""

    actor: str
    reason: str


@dataclass(frozen=True, slots=True)
class Cue:
    """The conductor tells an actor that its moment has come, and what to say where it is told that."""

    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What an actor is given when its process starts."""

    room: str
    recordings: str
    token: str = ""
    identity: str = ""
    sms_after: str = ""
    muted: bool = False


Message = Moment | Heard | Said | Sign | Overheard | Failed | Cue | Part
_KINDS: dict[str, Callable[..., Message]] = {
    kind.__name__: kind for kind in (Moment, Heard, Said, Sign, Overheard, Failed, Cue, Part)
}


def encode(message: Message) -> str:
    return json.dumps({"type": type(message).__name__, **asdict(message)}, separators=(",", ":"))


def decode(line: str | bytes) -> Message:
    try:
        fields = json.loads(line)
        kind = _KINDS[fields.pop("type")]
        return kind(**{name: _frozen(value) for name, value in fields.items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MessageError("not a message of the rehearsal") from error


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
