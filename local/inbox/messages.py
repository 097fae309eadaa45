"""One message to a human agent, as the inbox tells it."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Literal

Channel = Literal["sms", "email"]
AddressOf = Callable[[str], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Message:
    channel: Channel
    to: str
    subject: str
    body: str
    sent_at: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)
