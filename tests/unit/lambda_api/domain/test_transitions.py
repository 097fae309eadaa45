"""What each transition changes, and the one line of the timeline that it writes: nothing more."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from lambda_api.escalations import transitions
from lambda_api.escalations.models import (
    Callback,
    Claim,
    Disposition,
    Entry,
    Escalation,
    Eta,
    Reason,
    Status,
    Told,
)
from tests.unit.lambda_api.domain.fakes import START

AT = START + timedelta(minutes=1)
LATER = START + timedelta(minutes=5)
MARIA = "human_agent:maria"
CLAIM = Claim(
    identity="human-agent-maria-2",
    human_agent_id="maria",
    name="Maria",
    browser="hash",
    claimed_at=AT,
    number=2,
    there_at=START,
    sid="PA_h",
    joined_at=START,
    earlier=("human-agent-maria-1",),
)
SOMETHING = Entry(at=START, actor="api", change="requested", cause="caller_request")
TOLD = (Told(human_agent_id="jonas", tier=2, round=3),)
BEFORE = (Told(human_agent_id="maria", tier=1, round=1),)
ETA = Eta(human_agent_id="maria", name="Maria", minutes=2, at=AT, until=LATER)
WISH = Callback(asked_at=AT)
# Whatever a transition may take away is there before it.
ROW = Escalation(
    id="esc_1",
    room="r",
    room_sid="RM_1",
    status=Status.REQUESTED,
    reason=Reason.OTHER,
    created_at=START,
    caller_identity="caller-1",
    version=7,
    tier=1,
    round=4,
    told=BEFORE,
    eta=ETA,
    declined=("jonas", "maria"),
    claim=CLAIM,
    claims=2,
    dropped_at=START,
    ai_left_at=START,
    timeline=(SOMETHING,),
)

Change = Callable[[Escalation], Escalation]
Case = tuple[Change, dict[str, Any], dict[str, Any]]
SAID = {"cause": "look", "reason": "why"}
CASES: dict[str, Case] = {
    "notified": (
        lambda row: transitions.notified(row, at=AT),
        {"actor": "notifier", "cause": "published"},
        {"status": Status.NOTIFIED},
    ),
    "told": (
        lambda row: transitions.told(row, at=AT, people=TOLD, answer_by=LATER, cause="answer_deadline"),
        {"actor": "timer", "cause": "answer_deadline", "reason": "tier_2"},
        {"told": BEFORE + TOLD, "tier": 2, "round": 3, "answer_by": LATER, "eta": None},
    ),
    "eta": (
        lambda row: transitions.eta(row, ETA, answer_by=LATER),
        {"actor": MARIA, "cause": "link", "reason": "minutes_2"},
        {"eta": ETA, "answer_by": LATER, "declined": ("jonas",)},
    ),
    "declined": (
        lambda row: transitions.declined(row, "maria", at=AT),
        {"actor": MARIA, "cause": "link"},
        {"declined": ("jonas", "maria", "maria"), "eta": None},
    ),
    "claimed": (
        lambda row: transitions.claimed(replace(row, claim=None, claims=1), CLAIM, cause="link"),
        {"actor": MARIA, "cause": "link"},
        {"status": Status.CLAIMED, "claim": CLAIM, "claims": 2, "declined": ("jonas",)},
    ),
    "came_back": (
        lambda row: transitions.came_back(row, CLAIM, at=AT, identity="human-agent-maria-3", browser="other"),
        {"actor": MARIA, "cause": "link"},
        {
            "claims": 3,
            "claim": replace(
                CLAIM,
                identity="human-agent-maria-3",
                browser="other",
                number=3,
                earlier=("human-agent-maria-1", "human-agent-maria-2"),
            ),
        },
    ),
    "human_there": (
        lambda row: transitions.there(row, replace(CLAIM, sid="PA_new"), at=AT, cause="look"),
        {"actor": MARIA, "cause": "look"},
        {"claim": replace(CLAIM, sid="PA_new"), "dropped_at": None},
    ),
    "connected": (
        lambda row: transitions.heard(row, CLAIM, at=AT, cause="webhook", dismiss_at=LATER),
        {"actor": MARIA, "cause": "webhook", "reason": "human_heard"},
        {
            "status": Status.CONNECTED,
            "claim": replace(CLAIM, heard_at=AT),
            "dismiss_at": LATER,
            "ai_left_at": None,
        },
    ),
    "human_away": (
        lambda row: transitions.away(row, CLAIM, at=AT, **SAID),
        {"actor": MARIA, **SAID},
        {"claim": replace(CLAIM, there_at=None, sid="", joined_at=None)},
    ),
    "human_dropped": (
        lambda row: transitions.dropped(row, CLAIM, at=AT, **SAID),
        {"actor": MARIA, **SAID},
        {"claim": replace(CLAIM, there_at=None), "dropped_at": AT},
    ),
    "released": (
        lambda row: transitions.released(row, at=AT, reason="why", people=TOLD, answer_by=LATER),
        {"actor": "timer", "cause": "claim_deadline", "reason": "why"},
        {
            "status": Status.NOTIFIED,
            "claim": None,
            "eta": None,
            "told": BEFORE + TOLD,
            "round": 5,
            "answer_by": LATER,
        },
    ),
    "ai_left": (
        lambda row: transitions.ai_left(row, at=AT, actor="agent-1", cause="room"),
        {"actor": "agent-1", "cause": "room"},
        {"ai_left_at": AT},
    ),
    "ai_dismissed": (
        lambda row: transitions.dismissed(row, at=AT),
        {"actor": "timer", "cause": "look", "reason": "agent_still_there"},
        {"dismissed_at": AT},
    ),
    "ai_recalled": (
        lambda row: transitions.recalled(row, at=AT, **SAID),
        {"actor": "timer", **SAID},
        {"recalled_at": AT},
    ),
    "cancelled": (
        lambda row: transitions.ended(row, Status.CANCELLED, at=AT, actor="caller", **SAID),
        {"actor": "caller", **SAID},
        {"status": Status.CANCELLED, "ended_at": AT, "end_reason": "why"},
    ),
    "completed": (
        lambda row: transitions.completed(row, Disposition.RESOLVED, at=AT, actor=MARIA, reason="why"),
        {"actor": MARIA, "cause": "link", "reason": "why"},
        {
            "status": Status.COMPLETED,
            "ended_at": AT,
            "end_reason": "why",
            "disposition": Disposition.RESOLVED,
        },
    ),
    "disposed": (
        lambda row: transitions.disposed(row, Disposition.RESOLVED, at=AT, actor=MARIA),
        {"actor": MARIA, "cause": "link", "reason": "resolved"},
        {"disposition": Disposition.RESOLVED},
    ),
    "callback_requested": (
        lambda row: transitions.callback(row, WISH, at=AT, actor="worker", change="callback_requested"),
        {"actor": "worker", "cause": "api"},
        {"callback": WISH},
    ),
    "personal_data_erased": (
        lambda row: transitions.erased(row, at=AT, actor="admin"),
        {"actor": "admin", "cause": "api"},
        {"erased_at": AT},
    ),
}


@pytest.mark.parametrize("change", CASES)
def test_a_transition_changes_this_and_nothing_else(change: str) -> None:
    act, said, changes = CASES[change]

    new = act(ROW)

    entry = Entry(at=AT, change=change, **said)
    assert new == replace(ROW, version=8, timeline=(SOMETHING, entry), **changes)


def test_whoever_is_on_their_way_stays_so_when_another_declines() -> None:
    assert transitions.declined(ROW, "jonas", at=AT).eta == ETA


def test_who_declines_while_nobody_is_on_their_way_leaves_it_so() -> None:
    assert transitions.declined(replace(ROW, eta=None), "jonas", at=AT).eta is None


@pytest.mark.parametrize(("there_at", "known"), [(None, AT), (START, START)])
def test_who_is_heard_is_there_since_then_at_the_latest(there_at: datetime | None, known: datetime) -> None:
    claim = replace(CLAIM, there_at=there_at)

    new = transitions.heard(ROW, claim, at=AT, cause="agent", dismiss_at=LATER)

    assert new.claim
    assert new.claim.there_at == known


def test_of_the_names_of_a_claim_the_last_twenty_are_known() -> None:
    claim = replace(CLAIM, earlier=tuple(f"human-agent-{n}" for n in range(20)))

    new = transitions.came_back(ROW, claim, at=AT, identity="human-agent-new", browser=None)

    assert new.claim
    assert new.claim.earlier == (*claim.earlier[1:], claim.identity)
