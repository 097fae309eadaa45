"""What reaches the log, and what must not."""

import json
import logging
import sys

import pytest

from agent_container.logs import HumanFormatter, JsonFormatter, set_up_logging
from agent_container.redaction import redact

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.abc-_123"


def record(message: str, *args: object, **facts: object) -> logging.LogRecord:
    made = logging.makeLogRecord({"name": "worker", "msg": message, "args": args, "levelname": "INFO"})
    vars(made).update(facts)
    return made


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        (f"invalid token: {TOKEN}, retrying", "invalid token: [token], retrying"),
        ("https://h.example/j/AbCdEfGhIjKlMnOpQrStUv pressed", "https://h.example/j/[code] pressed"),
        ("to +15005550101.", "to [phone]."),
        ("in room call-_+15005550101_8DdjF3kd", "in room call-_[phone]_8DdjF3kd"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer [key]"),
        ("at 2026-11-24T23:14:05+00:00 in room-1", "at 2026-11-24T23:14:05+00:00 in room-1"),
    ],
)
def test_secrets_are_taken_out_and_the_rest_stays(line: str, clean: str) -> None:
    assert redact(line) == clean


def test_json_lines_carry_the_facts_and_no_secret_wherever_it_hides() -> None:
    line = JsonFormatter().format(
        record("said %s", TOKEN, room="room-1", url="/j/AbCdEfGhIjKlMnOpQrStUv", **{"lk.pii.text": "my name"})
    )

    written = json.loads(line)
    assert written["message"] == "said [token]"
    assert written["room"] == "room-1"
    assert written["url"] == "/j/[code]"
    assert "my name" not in line


@pytest.mark.parametrize("formatter", [JsonFormatter(), HumanFormatter()])
def test_a_traceback_is_written_without_its_secrets(formatter: logging.Formatter) -> None:
    try:
        int(TOKEN)
    except ValueError:
        line = formatter.format(record("failed", exc_info=sys.exc_info()))

    assert "ValueError: invalid literal for int() with base 10: '[token]'" in line.replace("\\", "")
    assert "eyJ" not in line


def test_a_traceback_from_a_job_arrives_as_text() -> None:
    line = HumanFormatter().format(record("failed", exc_text="Traceback: boom"))

    assert line.endswith("\nTraceback: boom")


def test_human_lines_are_short() -> None:
    line = HumanFormatter().format(record("a human was asked for", escalation_id="esc_1"))

    assert line.endswith("INFO    worker a human was asked for escalation_id=esc_1")
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize(("human", "expected"), [(True, HumanFormatter), (False, JsonFormatter)])
def test_there_is_one_handler_and_chatty_libraries_are_quiet(
    monkeypatch: pytest.MonkeyPatch, *, human: bool, expected: type
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [logging.NullHandler()])
    monkeypatch.setattr(root, "level", root.level)

    set_up_logging(human=human)

    assert [type(handler.formatter) for handler in root.handlers] == [expected]
    assert not logging.getLogger("httpx").isEnabledFor(logging.INFO)
    assert logging.getLogger("livekit.agents").isEnabledFor(logging.INFO)
