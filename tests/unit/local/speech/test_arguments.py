"""A tool is called with arguments that its own schema allows."""

import pytest

from local.speech.stand_in.arguments import Known, fill

KNOWN = Known(reason="emergency", summary="It burns, get me somebody.")
REASONS = ["caller_request", "emergency", "other"]


def schema(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def test_reason_and_summary_are_filled() -> None:
    filled = fill(schema(reason={"type": "string", "enum": REASONS}, summary={"type": "string"}), KNOWN)

    assert filled == {"reason": "emergency", "summary": "It burns, get me somebody."}


@pytest.mark.parametrize(
    ("choices", "chosen"),
    [(REASONS, "emergency"), (["caller_request", "x"], "caller_request"), (["x", "y"], "x")],
)
def test_the_reason_is_one_that_the_schema_knows(choices: list[str], chosen: str) -> None:
    assert fill(schema(reason={"type": "string", "enum": choices}), KNOWN) == {"reason": chosen}


def test_what_may_be_empty_stays_empty() -> None:
    nullable = {"anyOf": [{"type": "string"}, {"type": "null"}]}

    assert fill(schema(team=nullable, language={"type": ["string", "null"]}), KNOWN) == {
        "team": None,
        "language": None,
    }


@pytest.mark.parametrize(
    ("kind", "value"), [("boolean", False), ("integer", 0), ("number", 0), ("array", []), ("object", {})]
)
def test_every_required_argument_has_its_type(kind: str, value: object) -> None:
    assert fill(schema(thing={"type": kind}), KNOWN) == {"thing": value}


def test_a_nullable_summary_is_written_all_the_same() -> None:
    nullable = {"anyOf": [{"type": "string"}, {"type": "null"}]}

    assert fill(schema(summary=nullable), KNOWN) == {"summary": KNOWN.summary}


def test_a_long_story_is_cut() -> None:
    assert (
        len(fill(schema(summary={"type": "string"}), Known(reason="other", summary="a" * 999))["summary"])
        == 300
    )


def test_a_tool_without_arguments_gets_none() -> None:
    assert fill({}, KNOWN) == {}
