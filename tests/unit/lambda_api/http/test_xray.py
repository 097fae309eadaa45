"""A socket that stands for X-Ray's daemon gets times, ids and an outcome, and nothing else."""

import json
import logging
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from lambda_api.adapters.xray import XRay
from lambda_api.escalations.errors import UnavailableError

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
UNWANTED = f"{TRACE[:-2]}00"


class Daemon:
    def __init__(self, wire: socket.socket) -> None:
        self._wire = wire
        self.xray = XRay(daemon=f"127.0.0.1:{wire.getsockname()[1]}")

    def heard(self) -> dict[str, Any]:
        header, document = self._wire.recv(65_535).split(b"\n")
        assert json.loads(header) == {"format": "json", "version": 1}
        told: dict[str, Any] = json.loads(document)
        return told


@pytest.fixture
def daemon() -> Iterator[Daemon]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.bind(("127.0.0.1", 0))
        wire.settimeout(5)
        yield Daemon(wire)


def fails() -> None:
    raise UnavailableError("+15005550101")


def test_what_was_done_is_a_segment_under_the_callers_span(daemon: Daemon) -> None:
    before = time.time()

    assert daemon.xray("sms", TRACE, lambda: "sent") == "sent"

    told = daemon.heard()
    assert before <= told.pop("start_time") <= told.pop("end_time") <= time.time()
    assert len(told["id"]) == len(f"{int(told.pop('id'), 16):016x}")
    assert told == {
        "name": "livekit-handoff-sms",
        "trace_id": "1-4bf92f35-77b34da6a3ce929d0e0e4736",
        "parent_id": "00f067aa0ba902b7",
        "fault": False,
    }


def test_each_has_an_id_of_its_own(daemon: Daemon) -> None:
    for _ in range(2):
        daemon.xray("sms", TRACE, lambda: None)

    assert daemon.heard()["id"] != daemon.heard()["id"]


def test_what_failed_is_told_without_why_and_fails_all_the_same(daemon: Daemon) -> None:
    with pytest.raises(UnavailableError):
        daemon.xray("sms", TRACE, fails)

    told = daemon.heard()
    assert told["fault"] is True
    assert "15005550101" not in json.dumps(told)


@pytest.mark.parametrize("trace", ["", UNWANTED])
def test_what_nobody_follows_is_done_and_not_told(daemon: Daemon, trace: str) -> None:
    assert daemon.xray("sms", trace, lambda: "sent") == "sent"

    daemon.xray("email", TRACE, lambda: None)
    assert daemon.heard()["name"] == "livekit-handoff-email"


@pytest.mark.parametrize(
    "address", ["nowhere", "localhost:2000", "127.0.0.1:0", "127.0.0.1:x", "127.0.0.1:65536"]
)
def test_a_daemon_that_cannot_be_told_costs_a_line_in_the_log(
    caplog: pytest.LogCaptureFixture, address: str
) -> None:
    with caplog.at_level(logging.INFO):
        assert XRay(daemon=address)("sms", TRACE, lambda: "sent") == "sent"

    assert [record.getMessage() for record in caplog.records] == ["X-Ray was not told"]
