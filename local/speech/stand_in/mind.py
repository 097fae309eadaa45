"""Decides what the stand-in does next: call the tool that brings a person, or say something."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from local.speech.stand_in import arguments, instructions, replies
from local.speech.stand_in.classifier import TextClassifier
from local.speech.stand_in.corpus import Corpus
from local.speech.stand_in.dialogue import Dialogue, readable
from local.speech.stand_in.tools import Tool, person_tool

_SURE = 0.5
_TOPIC_SURE = 0.25
_LIKELY_ANSWER = 0.6


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    text: str


class Mind:
    def __init__(self, corpus: Corpus) -> None:
        self._wish = TextClassifier.train(corpus.wishes)
        self._reason = TextClassifier.train(corpus.reasons)
        self._topic = TextClassifier.train(corpus.topics)
        self._offer = TextClassifier.train(corpus.offers)
        self._answer = TextClassifier.train(corpus.answers)

    def decide(
        self, dialogue: Dialogue, tools: Sequence[Tool], *, must_call: str | None = None
    ) -> Call | Words:
        tool = person_tool(tools, must_call)
        if tool and (must_call or self._may_call(dialogue)):
            return Call(tool.name, arguments.fill(tool.parameters, self._known(dialogue)))
        return Words(self._reply(dialogue))

    def wants_person(self, dialogue: Dialogue) -> bool:
        if not dialogue.said:
            return False
        offered = self._offer.probabilities(dialogue.before)["offer"] > _SURE if dialogue.before else False
        if offered:
            answer, chance = self._answer.best(dialogue.said)
            if answer != "other" and chance > _LIKELY_ANSWER:
                return answer == "yes"
        return self._wish.probabilities(dialogue.said)["person"] > _SURE

    def _may_call(self, dialogue: Dialogue) -> bool:
        unasked = dialogue.tool_output is not None or dialogue.instruction is not None
        return not unasked and self.wants_person(dialogue)

    def _known(self, dialogue: Dialogue) -> arguments.Known:
        reason, _ = self._reason.best(dialogue.said)
        return arguments.Known(reason=reason, summary=dialogue.said)

    def _reply(self, dialogue: Dialogue) -> str:
        if dialogue.tool_output is not None:
            return instructions.relayed(readable(dialogue.tool_output))
        if dialogue.instruction is not None:
            return instructions.spoken(dialogue.instruction)
        if not dialogue.said:
            return replies.GREETING
        topic, chance = self._topic.best(dialogue.said)
        return replies.REPLIES[topic] if chance > _TOPIC_SURE else replies.UNKNOWN
