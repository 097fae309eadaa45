"""Figures of the same changes, as lines that CloudWatch reads, without anybody's data."""

import json
import logging
from datetime import UTC, datetime

import pytest

from lambda_api.escalations import claiming, leaving, looking, measuring
from lambda_api.escalations.models import Escalation
from lambda_api.escalations.policy import Policy
from tests.unit.lambda_api.domain.fakes import World


def figures(caplog: pytest.LogCaptureFixture) -> dict[str, int]:
    found: dict[str, int] = {}
    for record in caplog.records:
        if record.name == "metrics":
            line = json.loads(record.message)
            [directive] = line["_aws"]["CloudWatchMetrics"]
            assert directive["Namespace"] == "Handoff"
            assert not {"caller_identity", "name", "phone"} & line.keys()
            found |= {one["Name"]: line[one["Name"]] for one in directive["Metrics"]}
    return found


def test_times_are_measured_from_change_to_change(
    world: World, opened: Escalation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="metrics")
    world.clock.advance(7)
    seat = claiming.claim(world.ports, world.code(opened), "browser")
    world.clock.advance(2)
    world.rooms.add(seat.identity, sid="PA_h", heard=True)
    looking.look(world.ports, opened.id, chain=False)
    world.clock.advance(1.5)
    leaving.ai_left(world.ports, opened.id, agent_identity="agent-1", human_identity=None, cause="room")
    leaving.cancel(world.ports, opened.id, cause="caller_left", actor="worker")

    assert figures(caplog) == {
        "time_to_claim_ms": 7000,
        "time_to_join_ms": 2000,
        "ai_left_ms": 1500,
        "completed": 1,
    }


def test_what_went_wrong_is_counted(
    world: World, claimed: Escalation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="metrics")
    world.store.roster.clear()
    for seconds in (60, 45):
        world.clock.advance(seconds)
        looking.look(world.ports, claimed.id, chain=False)

    assert figures(caplog) == {"released": 1, "unanswered": 1}


def test_an_agent_that_had_to_be_removed_is_counted_with_its_call(
    world: World, connected: Escalation, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="metrics")
    world.rooms.wedged = True
    for _ in range(3):
        world.clock.advance(3)
        looking.look(world.ports, connected.id, chain=False)

    assert figures(caplog)["ai_stayed"] == 1
    [line] = [json.loads(one.message) for one in caplog.records if "ai_stayed" in one.message]
    assert (line["reason"], line["escalation_id"]) == (connected.reason, connected.id)


def test_a_line_is_as_cloudwatch_reads_it(opened: Escalation, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="metrics")

    measuring.measure(opened, stage="prod")
    measuring.count("link_refused", at=datetime(2026, 11, 29, tzinfo=UTC), stage="prod", page="join")

    of_a_change, of_none = (json.loads(one.message) for one in caplog.records if one.name == "metrics")
    at = opened.timeline[-1].at
    assert of_a_change == {
        "_aws": {
            "Timestamp": round(at.timestamp() * 1000),
            "CloudWatchMetrics": [
                {
                    "Namespace": "Handoff",
                    "Dimensions": [["stage"], ["stage", "reason"]],
                    "Metrics": [{"Name": "time_to_notify_ms", "Unit": "Milliseconds"}],
                }
            ],
        },
        "stage": "prod",
        "reason": opened.reason,
        "escalation_id": opened.id,
        "time_to_notify_ms": round((at - opened.created_at).total_seconds() * 1000),
    }
    assert of_none == {
        "_aws": {
            "Timestamp": 1_795_910_400_000,
            "CloudWatchMetrics": [
                {
                    "Namespace": "Handoff",
                    "Dimensions": [["stage"]],
                    "Metrics": [{"Name": "link_refused", "Unit": "Count"}],
                }
            ],
        },
        "stage": "prod",
        "page": "join",
        "link_refused": 1,
    }


def test_the_policy_is_shortened_by_one_factor() -> None:
    short = Policy(public_url="https://h.example").scaled(0.1)

    assert (short.answer_seconds, short.claim_seconds, short.return_seconds) == (4.5, 6, 1)
    assert (short.minute_seconds, short.eta_grace_seconds) == (6, 3)
    assert (short.link_seconds, short.public_url) == (900, "https://h.example")
    assert Policy().scaled(1) == Policy()
