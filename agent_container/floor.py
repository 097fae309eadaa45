"""Who speaks: an answer of a tool is not cut off, and is told all the same when somebody talked over it."""

from collections.abc import Callable

from livekit.agents import RunContext

Announce = Callable[[str], None]


def hold_the_floor(context: RunContext[None]) -> bool:
    """Let nobody talk over what comes next; false when somebody has already: no reply would be heard."""
    try:
        context.disallow_interruptions()
    except RuntimeError:
        return False
    return True
