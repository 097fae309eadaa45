"""What other systems are told of a change, to the letter: they were built to read it."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from lambda_api.escalations import hooks, offering
from lambda_api.escalations.models import Callback, Claim, Disposition, Entry, Escalation, Reason, Status
from lambda_api.escalations.records import Hook, ItemKind, OutboxItem
from tests.unit.lambda_api.domain.fakes import World

AT = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)
BEGUN = Escalation(
    id="esc_1",
    room="room-1",
    room_sid="RM_1",
    status=Status.REQUESTED,
    reason=Reason.OTHER,
    created_at=AT,
    caller_identity="caller-1",
    timeline=(Entry(at=AT, actor="worker", change="requested", cause="tool"),),
)
OVER = replace(
    BEGUN,
    status=Status.COMPLETED,
    team="billing",
    language="de",
    epoch=2,
    version=7,
    claim=Claim(
        identity="human-agent-maria-1",
        human_agent_id="maria",
        name="Maria",
        browser="hash",
        claimed_at=AT + timedelta(seconds=1),
        there_at=AT + timedelta(seconds=2),
        heard_at=AT + timedelta(seconds=3),
        number=1,
    ),
    callback=Callback(asked_at=AT + timedelta(seconds=4), completed_at=AT + timedelta(seconds=5)),
    ai_left_at=AT + timedelta(seconds=6),
    ended_at=AT + timedelta(seconds=7),
    end_reason="human_completed",
    disposition=Disposition.RESOLVED,
    timeline=(
        *BEGUN.timeline,
        Entry(at=AT + timedelta(seconds=7), actor="maria", change="completed", cause="page", reason="done"),
    ),
)
NOTHING_YET = dict.fromkeys(
    ("team", "language", "claim", "callback", "ai_left_at", "ended_at", "disposition"), None
)


@pytest.fixture
def hook(world: World) -> Hook:
    return hooks.put(world.ports, "desk", url="https://desk.example/hooks").hook


def _offered(world: World, row: Escalation) -> tuple[OutboxItem, dict[str, Any]]:
    (item,) = offering.items(world.ports, row)
    assert item.body is not None
    return item, json.loads(item.body)


def test_a_request_that_has_just_begun(world: World, hook: Hook) -> None:
    item, event = _offered(world, BEGUN)

    assert item == OutboxItem(
        id=f"esc_1:hook:1:{hook.id}",
        escalation_id="esc_1",
        human_agent_id="",
        round=0,
        kind=ItemKind.HOOK,
        not_before=AT,
        hook_id=hook.id,
        body=item.body,
    )
    assert item.body == json.dumps(event, separators=(",", ":"))
    assert event == {
        "id": "evt_1_1",
        "type": "escalation.requested",
        "created_at": "2026-11-29T09:30:00.000Z",
        "escalation": NOTHING_YET
        | {
            "id": "esc_1",
            "room": "room-1",
            "status": "requested",
            "reason": "other",
            "created_at": "2026-11-29T09:30:00.000Z",
            "epoch": 1,
            "version": 1,
            "people_told": 0,
            "end_reason": "",
            "last_change": {"actor": "worker", "change": "requested", "cause": "tool", "reason": ""},
        },
    }


def test_a_call_that_is_over(world: World, hook: Hook) -> None:
    item, event = _offered(world, OVER)

    assert (item.id, item.not_before) == (f"esc_1:hook:7:{hook.id}", AT + timedelta(seconds=7))
    assert event == {
        "id": "evt_1_7",
        "type": "escalation.completed",
        "created_at": "2026-11-29T09:30:07.000Z",
        "escalation": {
            "id": "esc_1",
            "room": "room-1",
            "status": "completed",
            "reason": "other",
            "created_at": "2026-11-29T09:30:00.000Z",
            "team": "billing",
            "language": "de",
            "epoch": 2,
            "version": 7,
            "people_told": 0,
            "claim": {
                "human_agent_id": "maria",
                "claimed_at": "2026-11-29T09:30:01.000Z",
                "there_at": "2026-11-29T09:30:02.000Z",
                "heard_at": "2026-11-29T09:30:03.000Z",
            },
            "callback": {
                "asked_at": "2026-11-29T09:30:04.000Z",
                "completed_at": "2026-11-29T09:30:05.000Z",
            },
            "ai_left_at": "2026-11-29T09:30:06.000Z",
            "ended_at": "2026-11-29T09:30:07.000Z",
            "end_reason": "human_completed",
            "disposition": "resolved",
            "last_change": {"actor": "maria", "change": "completed", "cause": "page", "reason": "done"},
        },
    }


def test_times_are_told_in_utc_wherever_the_machine_stands(
    world: World, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        with monkeypatch.context() as elsewhere:
            elsewhere.setenv("TZ", "Asia/Kolkata")
            time.tzset()
            _, event = _offered(world, BEGUN)
    finally:
        time.tzset()

    assert event["created_at"] == "2026-11-29T09:30:00.000Z"
    del hook


def test_a_change_waits_for_no_fresh_reading_of_the_hooks(
    world: World, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def known(*, lately: bool = False) -> tuple[Hook, ...]:
        return (hook,) if lately else ()

    monkeypatch.setattr(world.store, "hooks", known)

    assert len(offering.items(world.ports, BEGUN)) == 1
