"""What a caller may want beside a person: to take that wish back, to be called back, or to be reminded."""

import re
from collections.abc import Sequence
from typing import Final

from local.speech.stand_in import callback
from local.speech.stand_in.deeds import Call, Words
from local.speech.stand_in.dialogue import Dialogue
from local.speech.stand_in.sentences import language_of, sentence
from local.speech.stand_in.tools import Tool, called, person_tool
from local.speech.stand_in.understanding import Understanding

WITHDRAW: Final = "cancel_escalation"
CALL_BACK: Final = "leave_callback"
REMINDER: Final = re.compile(
    r"\bwhat (?:did|have|do) i (?:ask|say|said|tell|told)"
    r"|\bwas (?:habe|hatte) ich\b.*\b(?:gefragt|gesagt)|\bqué (?:dije|he dicho|pregunté|he preguntado)",
    re.IGNORECASE,
)


def errand(dialogue: Dialogue, tools: Sequence[Tool], understanding: Understanding) -> Call | Words | None:
    """None when the caller's turn is about something else."""
    deed = _call_back(dialogue, tools, understanding) or _withdrawal(dialogue, tools, understanding)
    return deed or _reminder(dialogue)


def _reminder(dialogue: Dialogue) -> Words | None:
    """What the caller said at first, as far as it is known here."""
    said = [turn.text for turn in dialogue.turns if turn.by_caller]
    if not REMINDER.search(dialogue.said) or len(said) < 2:
        return None
    return Words(sentence("said_first", language_of(said)).format(text=said[0]))


def _withdrawal(dialogue: Dialogue, tools: Sequence[Tool], understanding: Understanding) -> Call | None:
    if not (called(tools, WITHDRAW) and _somebody_is_asked_for(dialogue, tools)):
        return None
    if understanding.offer(dialogue.before) == "callback":
        return None
    return Call(WITHDRAW, {}) if understanding.withdraws(dialogue.said) else None


def _somebody_is_asked_for(dialogue: Dialogue, tools: Sequence[Tool]) -> bool:
    """Only somebody who was asked for can be called off, and only once."""
    bringer = person_tool(tools, None)
    deeds = [name for name in dialogue.called if bringer and name in (bringer.name, WITHDRAW)]
    return bool(deeds) and deeds[-1] != WITHDRAW


def _call_back(
    dialogue: Dialogue, tools: Sequence[Tool], understanding: Understanding
) -> Call | Words | None:
    since = _since_the_offer(dialogue)
    if not (called(tools, CALL_BACK) and since) or dialogue.called[-1:] == (CALL_BACK,):
        return None
    step = callback.next_step(dialogue.before, since, agrees=understanding.answer(dialogue.said) == "yes")
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
