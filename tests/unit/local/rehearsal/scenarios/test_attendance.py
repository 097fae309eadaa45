from local.rehearsal.messages import Sign
from local.rehearsal.scenarios.attendance import Attendance, Gap, Spell


def attended(*signs: tuple[str, str, float]) -> Attendance:
    attendance = Attendance()
    for identity, sign, at in signs:
        role = "ai" if identity.startswith("agent") else "human"
        attendance.take(Sign(ear="caller", identity=identity, role=role, sign=sign, at=at))
    return attendance


def test_a_partner_who_comes_before_the_other_goes_leaves_no_gap() -> None:
    call = attended(("agent-1", "audible", 1), ("human-1", "audible", 5), ("agent-1", "gone", 6))

    assert call.gaps(until=10) == []
    assert call.alone_s(until=10) == 0


def test_a_gap_lasts_from_the_last_track_to_the_next() -> None:
    call = attended(("agent-1", "audible", 1), ("agent-1", "gone", 4), ("agent-2", "audible", 6.5))

    assert call.gaps(until=10) == [Gap(4, 6.5)]
    assert call.alone_s(until=10) == 2.5


def test_a_gap_that_nobody_ends_lasts_to_the_end_of_the_call() -> None:
    call = attended(("agent-1", "audible", 1), ("agent-1", "inaudible", 4))

    assert call.alone_s(until=10) == 6


def test_a_muted_partner_cannot_be_heard() -> None:
    call = attended(("human-1", "audible", 1), ("human-1", "inaudible", 2), ("human-1", "audible", 3))

    assert call.gaps(until=5) == [Gap(2, 3)]


def test_who_is_only_in_the_room_is_no_partner() -> None:
    call = attended(("agent-1", "joined", 1), ("agent-1", "audible", 2), ("human-1", "joined", 3))

    assert call.spells(until=5) == [Spell("agent-1", "ai", 2, 5)]


def test_a_killed_process_is_gone_before_livekit_notices() -> None:
    call = attended(("agent-1", "audible", 1))
    call.die("agent-1", 4)
    call.take(Sign(ear="caller", identity="agent-2", role="ai", sign="audible", at=6))
    call.take(Sign(ear="caller", identity="agent-1", role="ai", sign="gone", at=7))

    assert call.gaps(until=10) == [Gap(4, 6)]
    assert call.rivals_s(until=10) == 0


def test_a_dead_ai_is_not_the_one_that_can_be_heard_now() -> None:
    call = attended(("agent-1", "audible", 1))
    call.die("agent-1", 4)

    assert call.audible("ai") is None


def test_two_ais_at_once_are_rivals_and_an_ai_beside_a_human_is_not() -> None:
    call = attended(
        ("agent-1", "audible", 1),
        ("human-1", "audible", 2),
        ("agent-2", "audible", 3),
        ("agent-1", "gone", 5),
    )

    assert call.rivals_s(until=10) == 2


def test_nobody_is_left_alone_before_the_first_partner_came() -> None:
    assert attended(("agent-1", "audible", 3)).alone_s(until=5) == 0
    assert attended().alone_s(until=5) == 0


def test_a_caller_who_calls_twice_is_not_alone_in_between_and_hears_no_old_ai() -> None:
    call = attended(("agent-1", "audible", 1))
    call.leave(4)
    call.take(Sign(ear="caller", identity="agent-2", role="ai", sign="audible", at=30))

    assert call.alone_s(until=40) == 0
    assert call.rivals_s(until=40) == 0
