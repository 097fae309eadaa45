"""Watches that a caller who waits for the AI hears something, whatever it is that has failed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

UNHEARD_BEFORE_GIVING_UP = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """For how long a caller hears nothing before they are told to wait, and before a person is called."""

    moment: float = 2.0
    give_up: float = 8.0


class Signs(Protocol):
    """What can be seen of the AI from outside."""

    def owed(self) -> bool:
        """Whether the AI has something to say that it has not said."""
        ...

    def audible(self) -> bool: ...
    def caller_speaks(self) -> bool: ...


class Vigil:
    def __init__(
        self,
        *,
        signs: Signs,
        patience: Patience,
        moment: Callable[[], None],
        give_up: Callable[[], None],
        well: Callable[[], None],
    ) -> None:
        self._signs = signs
        self._patience = patience
        self._moment = moment
        self._give_up = give_up
        self._well = well
        self._quiet_since: float | None = None
        self._caller_ended: float | None = None
        self._reassured = False
        self._unheard = 0

    def look(self, now: float) -> None:
        if self._signs.audible():
            self._well()
            self._caller_ended = self._quiet_since = None
        elif self._signs.caller_speaks():
            self._caller_ended, self._quiet_since = now, None
        elif self._signs.owed():
            self._wait(now)
        else:
            self._quiet_since = None

    def understood(self) -> None:
        self._unheard = 0

    def not_understood(self) -> None:
        """The caller has spoken, and no ear has made words of it."""
        self._unheard += 1
        if self._unheard < UNHEARD_BEFORE_GIVING_UP:
            self._moment()
        else:
            self._unheard = 0
            self._give_up()

    def _wait(self, now: float) -> None:
        if self._quiet_since is None:
            # The caller has been waiting since their last word, and not only since it was understood.
            self._quiet_since, self._reassured = self._caller_ended or now, False
        quiet = now - self._quiet_since
        if quiet >= self._patience.give_up:
            self._caller_ended = self._quiet_since = None
            self._give_up()
        elif quiet >= self._patience.moment and not self._reassured:
            self._reassured = True
            self._moment()
