"""Counts the turns that got nowhere: somebody says what they have just said before."""

import re
from typing import Final

from agent_container.escalation import Role

_ALIKE: Final = 0.8
# Too short to tell a repetition from a habit: yes, no, thank you.
_FEWEST_WORDS: Final = 3


class FailedTurns:
    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._last: dict[Role, frozenset[str]] = {}
        self._repeated: set[Role] = set()
        self._count = 0

    def said(self, role: Role, text: str) -> bool:
        """Whether this is one repetition too many."""
        if self._repeats(role, frozenset(re.findall(r"\w+", text.casefold()))):
            self._repeated.add(role)
        if role == "agent":
            self._end_of_turn()
        return self._count >= self._limit

    def _end_of_turn(self) -> None:
        self._count = self._count + 1 if self._repeated else 0
        self._repeated.clear()

    def _repeats(self, role: Role, words: frozenset[str]) -> bool:
        before, self._last[role] = self._last.get(role, frozenset()), words
        if min(len(words), len(before)) < _FEWEST_WORDS:
            return False
        return len(words & before) / len(words | before) >= _ALIKE
