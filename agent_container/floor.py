"""Who speaks: an answer of a tool is not cut off, and is told all the same when somebody talked over it."""

import contextlib
from collections.abc import Callable

from livekit.agents import RunContext

Announce = Callable[[str], None]


def hold_the_floor(context: RunContext[None]) -> None:
    """Let nobody talk over what comes next, unless somebody has already."""
    with contextlib.suppress(RuntimeError):
        context.disallow_interruptions()


def has_the_floor(context: RunContext[None]) -> bool:
    """Whether the tool's answer will be heard: it is dropped with the speech that was cut off."""
    return not context.speech_handle.interrupted
