"""What a caller may want beside a person: to take that wish back, or to be called back."""

from collections.abc import Sequence
from typing import Final

from local.speech.stand_in import callback
from local.speech.stand_in.deeds import Call, Words
from local.speech.stand_in.dialogue import Dialogue
from local.speech.stand_in.tools import Tool, called, person_tool
from local.speech.stand_in.understanding import Understanding

WITHDRAW: Final = "cancel_escalation"
CALL_BACK: Final = "leave_callback"


def errand(dialogue: Dialogue, tools: Sequence[Tool], understanding: Understanding) -> Call | Words | None:
    """None when the caller's turn is about something else."""
    return _call_back(dialogue, tools, understanding) or _withdrawal(dialogue, tools, understanding)


def _withdrawal(dialogue: Dialogue, tools: Sequence[Tool], understanding: Understanding) -> Call | None:
    """Only somebody who was asked for can be called off."""
    bringer = person_tool(tools, None)
    if not (called(tools, WITHDRAW) and bringer and bringer.name in dialogue.called):
        return None
    return Call(WITHDRAW, {}) if understanding.withdraws(dialogue.said) else None


def _call_back(
    dialogue: Dialogue, tools: Sequence[Tool], understanding: Understanding
) -> Call | Words | None:
    since = _since_the_offer(dialogue)
    if not (called(tools, CALL_BACK) and since) or dialogue.called[-1:] == (CALL_BACK,):
        return None
    step = callback.next_step(dialogue.before, since, agrees=understanding.agrees(dialogue.said))
    if isinstance(step, callback.Wish):
        return Call(CALL_BACK, step.filled())
    return Words(step.text) if step else None


def _since_the_offer(dialogue: Dialogue) -> tuple[str, ...]:
    """The caller's turns after a call back was last offered."""
    offers = [
        at
        for at, turn in enumerate(dialogue.turns)
        if not turn.by_caller and callback.OFFER.search(turn.text)
    ]
    if not offers:
        return ()
    return tuple(turn.text for turn in dialogue.turns[offers[-1] :] if turn.by_caller)
