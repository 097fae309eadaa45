"""A context that makes no sense, and who is asked for one."""

from __future__ import annotations

from collections.abc import Callable

ReadContext = Callable[[str], str | None]


class ContextError(Exception):
    def __init__(self, *, name: str, value: str | None, wanted: str) -> None:
        super().__init__(f"context {name}={value!r} is not usable: wanted {wanted}")
