"""What the exit latch needs of the room, the session, the API and the job."""

from typing import Literal, Protocol

Way = Literal["room", "server"]


class Presence(Protocol):
    """Who is in the room, as seen from inside it."""

    def is_heard(self, identity: str) -> bool: ...
    def has_seat(self, identity: str) -> bool: ...
    def name_of(self, identity: str) -> str: ...
    def heard_humans(self) -> tuple[str, ...]: ...


class Voice(Protocol):
    """What the AI says and hears."""

    def silence(self) -> None: ...
    def resume(self) -> None: ...
    def announce(self, text: str) -> None: ...
    async def farewell(self, text: str) -> None: ...


class Claims(Protocol):
    """Who may take the AI's place, as the API's row says."""

    async def holder_name(self, identity: str) -> str | None: ...


class Departure(Protocol):
    """How the AI leaves the room."""

    async def leave(self, *, human_identity: str, way: Way) -> None: ...
