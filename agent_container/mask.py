"""What may speak in place of the AI's own track; as a rule nothing does."""

from typing import Final, Protocol


class Mask(Protocol):
    def show(self) -> None: ...
    def hide(self) -> None: ...


class Bare:
    def show(self) -> None: ...
    def hide(self) -> None: ...


BARE: Final = Bare()
