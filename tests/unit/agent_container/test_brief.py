"""The brief: every line rests on the turns that it cites, with a model and without."""

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from agent_container.brief import Brief, BriefLine
from agent_container.brief_writer import BriefWriter
from agent_container.escalation import Line
from agent_container.extract import extract
from agent_container.support import is_supported
from tests.unit.agent_container.fakes import ScriptedLLM, says

TALKS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("talks.toml").read_text())["talk"]


def turns_of(talk: dict[str, Any]) -> tuple[Line, ...]:
    return tuple(
        Line(role="caller" if turn.startswith("c: ") else "agent", text=turn[3:]) for turn in talk["turns"]
    )


TALK = turns_of(TALKS[0])


def unsupported(brief: Brief) -> list[str]:
    return [line.text for line in brief.lines if not is_supported(line, brief.transcript)]


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk["turns"][1][3:30])
def test_each_line_of_an_extract_is_in_the_turns_that_it_cites(talk: dict[str, Any]) -> None:
    brief = extract(turns_of(talk), summary="")

    assert brief.lines
    assert unsupported(brief) == []
    assert (brief.mood, brief.language) == (talk.get("mood"), talk["language"])
    assert {line.kind for line in brief.lines} & {"wish", "fact"}


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk["turns"][1][3:30])
def test_what_a_caller_wants_is_not_borne_out_by_what_another_said(talk: dict[str, Any]) -> None:
    said = [line for line in extract(turns_of(talk), summary="").lines if line.kind in ("wish", "fact")]
    others = [turns_of(other) for other in TALKS if other is not talk]

    taken = [
        line.text
        for line in said
        for turns in others
        for turn in range(1, len(turns) + 1)
        if is_supported(replace(line, turns=(turn,)), turns)
    ]

    assert said
    assert taken == []


@pytest.mark.parametrize(
    "line",
    [
        BriefLine(kind="wish", text="The caller wants to cancel their subscription.", turns=(2,)),
        BriefLine(kind="fact", text="The invoice has the number 4712.", turns=(2,)),
        BriefLine(kind="wish", text="my last invoice 4711 is much too high", turns=(9,)),
        BriefLine(kind="wish", text="my last invoice 4711 is much too high", turns=()),
        BriefLine(kind="tried", text="The caller checked the reading on the meter.", turns=(1,)),
        BriefLine(kind="promised", text="my last invoice 4711 is much too high", turns=(2,)),
        BriefLine(kind="wish", text="Please check the reading on your meter.", turns=(3,)),
        BriefLine(kind="mood", text="The caller is upset.", turns=(3,)),
    ],
)
def test_a_line_without_support_is_found(line: BriefLine) -> None:
    assert not is_supported(line, TALK)


def written(*lines: dict[str, Any]) -> str:
    return json.dumps({"summary": "The invoice 4711 is too high.", "mood": "upset", "lines": list(lines)})


GOOD = {"kind": "wish", "text": "The last invoice 4711 is too high.", "turns": [2]}


async def test_what_the_model_writes_is_taken_as_far_as_it_is_borne_out() -> None:
    invented = {"kind": "promised", "text": "The AI promised a refund of 50 euros.", "turns": [3]}
    unknown = {"kind": "advice", "text": "my last invoice 4711", "turns": [2]}
    model = ScriptedLLM(says("```json\n" + written(GOOD, invented, unknown) + "\n```"))

    brief = await BriefWriter(model).write(TALK, summary="")

    assert brief.summary == "The invoice 4711 is too high."
    assert [(line.kind, line.turns) for line in brief.lines] == [("wish", (2,))]
    assert brief.mood == "upset"
    shown = model.seen[0].messages()[1].text_content
    assert shown is not None
    assert shown.splitlines()[1] == "2. caller: my last invoice 4711 is much too high"


@pytest.mark.parametrize(
    "answer", ["I am sorry, how can I help you?", "[]", "{}", '{"lines": []}', written(), '{"lines": 3}']
)
async def test_what_is_no_brief_is_replaced_by_an_extract(answer: str) -> None:
    brief = await BriefWriter(ScriptedLLM(says(answer))).write(TALK, summary="a wrong bill")

    assert brief == extract(TALK, summary="a wrong bill")


async def test_without_a_model_it_is_an_extract() -> None:
    assert await BriefWriter(None).write(TALK, summary="x") == extract(TALK, summary="x")


def test_on_the_wire_it_keeps_to_the_bounds() -> None:
    many = tuple(BriefLine(kind="fact", text="x" * 900, turns=tuple(range(1, 40))) for _ in range(40))

    sent = Brief(summary="s" * 9000, lines=many, transcript=(Line(role="caller", text="hi"),) * 900).as_json()

    assert (len(sent["summary"]), len(sent["lines"]), len(sent["transcript"])) == (2000, 20, 200)
    assert (len(sent["lines"][0]["text"]), len(sent["lines"][0]["turns"])) == (300, 10)
    assert "mood" not in sent
