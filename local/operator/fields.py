"""The keys that an operator fills in: which there are, how each is asked for, and what it must look like."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

SHORTEST_SECRET: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    name: str
    asks: str
    hidden: bool = True
    optional: bool = False
    begins: tuple[str, ...] = ("",)
    shortest: int = 1

    def fault(self, value: str) -> str | None:
        if not value:
            return None if self.optional else "it is needed"
        if not value.startswith(self.begins):
            return f"it begins with {' or '.join(self.begins)}"
        return f"it has at least {self.shortest} characters" if len(value) < self.shortest else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """One secret of a stage, by its name."""

    name: str
    title: str
    fields: tuple[Field, ...]


_URL: Final = ("wss://", "https://")
LIVEKIT: Final = Secret(
    name="livekit",
    title="LiveKit",
    fields=(
        Field(name="url", asks="URL (wss://…)", hidden=False, begins=_URL),
        Field(name="api_key", asks="API key", hidden=False),
        Field(name="api_secret", asks="API secret", shortest=SHORTEST_SECRET),
        Field(name="webhook_api_key", asks="webhook API key (empty: the same)", hidden=False, optional=True),
        Field(
            name="webhook_api_secret",
            asks="webhook API secret (empty: the same)",
            optional=True,
            shortest=SHORTEST_SECRET,
        ),
    ),
)
PROVIDERS: Final = Secret(
    name="providers",
    title="Providers",
    fields=(
        Field(name="openai_api_key", asks="OpenAI API key"),
        Field(name="deepgram_api_key", asks="Deepgram API key"),
    ),
)
# Only of a fallback at an address of its own, or of somebody's avatar: named as the context names them.
MORE_KEYS: Final = tuple(
    Secret(name=name, title=what, fields=(Field(name="key", asks="its API key"),))
    for name, what in (
        ("stt_fallback", "The fallback for recognition"),
        ("llm_fallback", "The fallback for the model"),
        ("tts_fallback", "The fallback for speech"),
        ("avatar", "The avatar"),
    )
)

Ask = Callable[[Field, bool], str]


class FaultyError(Exception):
    """Says what is wrong with a value, and never the value."""

    def __init__(self, field: Field, fault: str) -> None:
        super().__init__(f"{field.asks}: {fault}")


def filled(secret: Secret, known: Mapping[str, str], ask: Ask) -> dict[str, str]:
    """What is known stays where nothing else is said; what nobody here knows of stays as it is."""
    given = dict(known)
    for field in secret.fields:
        given[field.name] = ask(field, bool(known.get(field.name))).strip() or known.get(field.name, "")
        if fault := field.fault(given[field.name]):
            raise FaultyError(field, fault)
    return {name: value for name, value in given.items() if value}
