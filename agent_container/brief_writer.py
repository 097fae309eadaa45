"""Has the model write the brief; what it cannot prove by the turns that it cites is left out."""

import asyncio
import json
import logging
from typing import Any, Final, get_args

from livekit.agents import APIError, llm

from agent_container import prompts
from agent_container.asking import asked
from agent_container.brief import Brief, BriefLine, Kind
from agent_container.escalation import Line
from agent_container.extract import extract
from agent_container.support import is_supported

logger = logging.getLogger(__name__)

WRITTEN_WITHIN: Final = 8.0
_KINDS: Final = frozenset(get_args(Kind))


class BriefWriter:
    def __init__(self, model: llm.LLM[Any] | None) -> None:
        self._model = model

    async def write(self, transcript: tuple[Line, ...], *, summary: str) -> Brief:
        """Never fails: without a model that can do it, it is the extract."""
        plain = extract(transcript, summary=summary)
        try:
            async with asyncio.timeout(WRITTEN_WITHIN):
                return _checked(json.loads(await self._asked(transcript)), plain)
        except (APIError, TimeoutError, ValueError, KeyError, TypeError, AttributeError) as error:
            logger.info("the brief is an extract", extra={"error": type(error).__name__})
            return plain

    async def _asked(self, transcript: tuple[Line, ...]) -> str:
        if self._model is None:
            return ""
        said = [f"{number}. {turn.role}: {turn.text}" for number, turn in enumerate(transcript, 1)]
        written = await asked(self._model, instructions=prompts.BRIEF, words="\n".join(said))
        return written.removeprefix("```json").strip("`\n ")


def _checked(written: dict[str, Any], plain: Brief) -> Brief:
    lines = tuple(line for each in written["lines"] if (line := _line(each)))
    borne_out = tuple(line for line in lines if is_supported(line, plain.transcript))
    if not borne_out:
        raise ValueError("nothing of it is borne out")
    return Brief(
        summary=str(written["summary"]),
        lines=borne_out,
        transcript=plain.transcript,
        language=plain.language,
        mood=str(written["mood"])[:40] if written.get("mood") else plain.mood,
    )


def _line(each: dict[str, Any]) -> BriefLine | None:
    if each["kind"] not in _KINDS:
        return None
    return BriefLine(kind=each["kind"], text=str(each["text"]), turns=tuple(int(n) for n in each["turns"]))
