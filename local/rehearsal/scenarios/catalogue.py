"""The scenarios by the names that a person types, in the order of the table."""

import sys
from collections.abc import Awaitable, Callable
from typing import Final

from local.rehearsal.scenarios.call import Call
from local.rehearsal.scenarios.plays import (
    ai_crash,
    ai_wedged,
    callback,
    caller_leaves,
    change_of_mind,
    decline,
    eta,
    hand_back,
    happy,
    human_drops,
    human_never_joins,
    joins_muted,
    off_hours,
    race,
    scanner,
    second_call,
    unanswered,
    webhook_lost,
    worker_replaced,
)

Play = Callable[[Call], Awaitable[None]]
PLAYS: Final[dict[str, Play]] = {
    "happy": happy.play,
    "scanner": scanner.play,
    "race": race.play,
    "decline": decline.play,
    "eta": eta.play,
    "unanswered": unanswered.play,
    "callback": callback.play,
    "caller-leaves": caller_leaves.play,
    "change-of-mind": change_of_mind.play,
    "hand-back": hand_back.play,
    "human-drops": human_drops.play,
    "human-never-joins": human_never_joins.play,
    "joins-muted": joins_muted.play,
    "ai-crash": ai_crash.play,
    "ai-wedged": ai_wedged.play,
    "worker-replaced": worker_replaced.play,
    "webhook-lost": webhook_lost.play,
    "off-hours": off_hours.play,
    "second-call": second_call.play,
}


def about(name: str) -> str:
    """What a play says of itself."""
    return str(sys.modules[PLAYS[name].__module__].__doc__).strip()
