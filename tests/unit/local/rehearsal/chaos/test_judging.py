"""Each promise is found broken in a history that breaks it, and in no other."""

import base64
import json
import time
from dataclasses import replace

import pytest

from local.rehearsal.chaos.judging import History, Judgement, judge
from local.rehearsal.chaos.limits import Limits
from local.rehearsal.chaos.traffic import Seen
from local.rehearsal.chaos.truth import Sight
from local.rehearsal.desk import Json
from local.rehearsal.loudness import Loudness
from local.rehearsal.messages import Sign
from local.rehearsal.scenarios.attendance import Attendance

_MARIA, _AI, _CALLER = "human-agent-maria-1", "agent-1", "caller-1"


def _sign(identity: str, sign: str, at: float) -> Sign:
    return Sign("caller", identity, "human" if identity == _MARIA else "ai", sign, at)


def _attendance(*signs: Sign) -> Attendance:
    found = Attendance()
    for sign in signs:
        found.take(sign)
    return found


def _sight(at: float, *, ai: bool, heard: bool = False, identity: str = _AI) -> Sight:
    ais = frozenset({identity}) if ai else frozenset[str]()
    humans = frozenset({_MARIA}) if heard else frozenset[str]()
    return Sight(at, frozenset({_CALLER}), ais, humans, humans | ais | {_CALLER})


def _loud(*at: float) -> Loudness:
    return Loudness(list(at), [-20.0] * len(at))


def _token(**changed: object) -> str:
    claims = {"nbf": 100, "exp": 160, "video": {"room": "room", "roomJoin": True}, **changed}
    return f"h.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.s"


def _seat(**changed: object) -> Json:
    return {"identity": _MARIA, "room": "room", "token": _token(**changed)}


def _row(*changes: str, status: str = "completed") -> Json:
    return {
        "created_at": "2026-11-28T20:00:00.000Z",
        "status": status,
        "timeline": [{"change": each} for each in changes or ("requested", "claimed", "connected")],
    }


_KEPT = History(
    limits=Limits(),
    attendance=_attendance(
        _sign(_AI, "audible", 1),
        _sign(_MARIA, "audible", 10),
        _sign(_AI, "gone", 10.4),
        _sign(_MARIA, "gone", 20),
    ),
    ai_at_ear=_loud(2, 9.9, 10.1),
    sights=[
        _sight(1, ai=True),
        _sight(10, ai=True, heard=True),
        _sight(10.5, ai=False, heard=True),
        _sight(19, ai=False, heard=True),
    ],
    rows=[_row()],
    seats=[_seat()],
    told_at=[],
    until=20,
    webhooks=[Seen("webhook", "room", 200, forged=False), Seen("webhook", "room", 401, forged=True)],
)


def test_a_handoff_as_it_should_be_breaks_nothing_and_gives_its_figures() -> None:
    found = judge(_KEPT)

    assert found.broken == []
    assert found.figures == pytest.approx({"alone": 0.0, "silent": 0.1, "gone": 0.5})
    assert {"I1", "I3", "I4", "I5", "I6", "I8", "I9", "I12", "I13", "I17"} <= set(found.checked)


def _promises(found: Judgement) -> set[str]:
    return {complaint.partition(":")[0] for complaint in found.broken}


@pytest.mark.parametrize(
    ("promise", "history"),
    [
        ("I1", replace(_KEPT, rows=[_row("requested", "claimed", "claimed")])),
        ("I3", replace(_KEPT, until=22)),
        ("I4", replace(_KEPT, attendance=_attendance(
            _sign(_AI, "audible", 1), _sign(_MARIA, "audible", 10), _sign(_AI, "gone", 12)
        ), ai_at_ear=_loud(11.5))),
        ("I5", replace(_KEPT, sights=[_sight(10, ai=True, heard=True), _sight(16, ai=False, heard=True)])),
        ("I5", replace(_KEPT, sights=[_sight(10, ai=True, heard=True), _sight(16, ai=True, heard=True)])),
        ("I6", replace(_KEPT, sights=[_sight(10, ai=True), _sight(10.1, ai=False)])),
        ("I6", replace(_KEPT, seats=[])),
        ("I8", replace(_KEPT, webhooks=[Seen("webhook", "room", 401, forged=False)])),
        ("I8", replace(_KEPT, webhooks=[Seen("webhook", "room", 200, forged=True)])),
        ("I9", replace(_KEPT, seats=[_seat(exp=3_700)])),
        ("I9", replace(_KEPT, seats=[_seat(video={"room": "another"})])),
        ("I9", replace(_KEPT, seats=[_seat(video={"room": "room", "roomAdmin": True})])),
        ("I12", replace(_KEPT, attendance=_attendance(
            _sign(_AI, "audible", 1), _sign(_MARIA, "audible", 10), _sign(_AI, "gone", 10.4),
            _sign("agent-2", "audible", 15), _sign("agent-2", "gone", 16),
        ))),
        ("I12", replace(_KEPT, attendance=_attendance(
            _sign(_AI, "audible", 1), _sign(_MARIA, "audible", 10), _sign(_AI, "gone", 10.4),
            _sign(_AI, "audible", 15), _sign(_AI, "gone", 16),
        ))),
        ("I13", replace(_KEPT, rows=[_row(), _row()])),
        ("I17", replace(_KEPT, rows=[_row(status="connected")])),
    ],
)  # fmt: skip
def test_a_broken_promise_is_named(promise: str, history: History) -> None:
    assert _promises(judge(history)) == {promise}


def test_who_is_told_late_was_not_told_in_time() -> None:
    row = _row()
    stored = time.monotonic() - 60
    row["created_at"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 60))

    assert _promises(judge(replace(_KEPT, rows=[row], told_at=[stored + 2]))) == set()
    assert _promises(judge(replace(_KEPT, rows=[row], told_at=[stored + 9]))) == {"I2"}


def test_a_release_between_two_claims_is_no_second_winner() -> None:
    released = _row("requested", "claimed", "released", "claimed", "connected")

    assert judge(replace(_KEPT, rows=[released])).broken == []


def _ai_comes_second_at_the_ear(*, loud_at: float) -> History:
    """The second AI was let in before the human was heard; the caller heard of them the other way round."""
    return replace(
        _KEPT,
        attendance=_attendance(
            _sign(_AI, "audible", 1), _sign(_AI, "gone", 9), _sign(_MARIA, "audible", 10),
            _sign("agent-2", "audible", 10.5), _sign("agent-2", "gone", 12), _sign(_MARIA, "gone", 20),
        ),
        ai_at_ear=_loud(2, loud_at),
        sights=[_sight(9.8, ai=True, identity="agent-2"), *_KEPT.sights[1:]],
        limits=Limits(alone_s=5, ai_is_struck=True),
    )  # fmt: skip


def test_an_ai_that_was_let_in_first_did_not_come_beside_a_person_but_has_to_fall_silent() -> None:
    assert judge(_ai_comes_second_at_the_ear(loud_at=10.6)).broken == []
    assert _promises(judge(_ai_comes_second_at_the_ear(loud_at=11.5))) == {"I4"}


def test_what_a_fault_may_cost_is_allowed() -> None:
    struck = Limits(alone_s=5, gone_s=10, ai_is_struck=True)
    sights = [_sight(10, ai=True), _sight(10.1, ai=False), *_KEPT.sights[1:]]

    assert judge(replace(_KEPT, limits=struck, until=22, sights=sights)).broken == []
