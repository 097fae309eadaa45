"""Decides what the stand-in does next: call the tool that brings a person, or say something."""

from collections.abc import Sequence

from local.speech.stand_in import arguments, instructions, replies
from local.speech.stand_in.arguments import DEFAULT_REASON
from local.speech.stand_in.course import reason_by_now
from local.speech.stand_in.deeds import Call as Call
from local.speech.stand_in.deeds import Words as Words
from local.speech.stand_in.dialogue import Dialogue, readable
from local.speech.stand_in.errands import errand
from local.speech.stand_in.sentences import language_of
from local.speech.stand_in.tools import Tool, person_tool
from local.speech.stand_in.understanding import Meaning, Understanding


class Mind:
    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding

    def decide(
        self, dialogue: Dialogue, tools: Sequence[Tool], *, must_call: str | None = None
    ) -> Call | Words:
        if not must_call and _asked(dialogue) and (deed := errand(dialogue, tools, self._understanding)):
            return deed
        tool = person_tool(tools, must_call)
        meaning = self._understanding.of(dialogue.said)
        if tool and (reason := self._reason(dialogue, meaning, forced=bool(must_call))):
            known = arguments.Known(reason=reason, summary=dialogue.said)
            return Call(tool.name, arguments.fill(tool.parameters, known))
        return Words(_reply(dialogue, meaning))

    def _reason(self, dialogue: Dialogue, meaning: Meaning, *, forced: bool) -> str | None:
        """Why a person is called now: the caller's own words decide before the talk does."""
        if forced or (_asked(dialogue) and meaning.wants_person):
            return meaning.reason or DEFAULT_REASON
        return reason_by_now(dialogue, self._understanding) if _asked(dialogue) else None


def _asked(dialogue: Dialogue) -> bool:
    return bool(dialogue.said) and dialogue.tool_output is None and dialogue.instruction is None


def _reply(dialogue: Dialogue, meaning: Meaning) -> str:
    if dialogue.tool_output is not None:
        return instructions.relayed(readable(dialogue.tool_output))
    if dialogue.instruction is not None:
        return instructions.spoken(dialogue.instruction)
    if not dialogue.said:
        return replies.GREETING
    said = [turn.text for turn in dialogue.turns if turn.by_caller]
    return replies.reply(meaning.topic, language_of(said or [dialogue.said]))
