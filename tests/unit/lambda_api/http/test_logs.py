"""Logs: facts beside a static message, and nothing that opens a room or names a person."""

import json
import logging
from collections.abc import Iterator

import pytest

from lambda_api.config.logs import JsonFormatter, ReadableFormatter, configure_logging

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJBUEkifQ.c2lnbmF0dXJl"
SECRETS = {
    "token": f"invalid token: {TOKEN}",
    "url": f"https://meet.livekit.io/custom?token={TOKEN}",
    "link": "GET /j/AbCdEfGhIjKlMnOpQrSt_-/claim",
    "way in": "POST /desk/in/AbCdEfGhIjKlMnOpQrSt_-",
    "number": "sent to +15005550101",
    "number in a query": "phone=%2B15005550101",
    "mail": "told maria.b@mail.example.com",
}
FORBIDDEN = (TOKEN, "eyJpc3Mi", "AbCdEfGhIjKlMnOpQrSt_-", "15005550101", "maria.b@", "mail.example.com")


def record(message: str = "an escalation was opened", **facts: object) -> logging.LogRecord:
    made = logging.LogRecord("lambda_api.x", logging.INFO, __file__, 1, message, None, None)
    vars(made).update(facts)
    return made


def test_a_deployed_line_is_one_json_object_with_its_ids() -> None:
    line = json.loads(JsonFormatter().format(record(escalation_id="esc_1", room="r")))

    assert line["message"] == "an escalation was opened"
    assert (line["escalation_id"], line["room"], line["level"]) == ("esc_1", "r", "INFO")
    assert line["at"].endswith("Z")


def test_a_laptops_line_can_be_read() -> None:
    line = ReadableFormatter().format(record(escalation_id="esc_1", room="a b\nc"))

    assert line.endswith(r"INFO    an escalation was opened escalation_id=esc_1 room='a b\nc'")


@pytest.mark.parametrize("formatter", [JsonFormatter(), ReadableFormatter()])
@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS.keys())
def test_what_must_not_be_read_is_blotted_out_wherever_it_stands(
    formatter: logging.Formatter, secret: str
) -> None:
    made = record(secret, fact=secret, nested={"deep": [secret]})
    error = ValueError(secret)
    made.exc_info = (ValueError, error, None)

    line = formatter.format(made)

    assert not [word for word in FORBIDDEN if word in line]
    assert "ValueError" in line


@pytest.fixture
def loggers_as_before() -> Iterator[None]:
    root, figures = logging.getLogger(), logging.getLogger("metrics")
    before = root.handlers[:], root.level, figures.handlers[:], figures.propagate
    yield
    root.handlers[:], root.level, figures.handlers[:], figures.propagate = before


@pytest.mark.usefixtures("loggers_as_before")
@pytest.mark.parametrize("deployed", [True, False])
def test_figures_are_a_line_of_their_own_json_wherever_they_are_written(
    capsys: pytest.CaptureFixture[str], deployed: bool
) -> None:
    configure_logging(deployed=deployed)
    figures = {"_aws": {"Timestamp": 1, "CloudWatchMetrics": []}, "time_to_claim_ms": 5}

    logging.getLogger("metrics").info(json.dumps(figures))

    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [figures]
