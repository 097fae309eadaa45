"""What is due, to the moment: not an instant before its time, and at that instant."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from lambda_api.escalations import steps
from lambda_api.escalations.due import deadline, next_step
from lambda_api.escalations.models import Claim, Escalation, Eta, Reason, Status
from lambda_api.escalations.policy import Policy
from lambda_api.escalations.rooms import Participant, ParticipantKind
from lambda_api.escalations.watching import Sight
from tests.unit.lambda_api.domain.fakes import START

POLICY = Policy()
AN_INSTANT = timedelta(microseconds=1)
CALLER = Participant(identity="caller-1", sid="PA_c")
AGENT = Participant(identity="agent-1", sid="PA_a", kind=ParticipantKind.AGENT)
HUMAN = Participant(identity="human-agent-maria-1", sid="PA_h", audio_heard=True)
CLAIM = Claim(
    identity="human-agent-maria-1",
    human_agent_id="maria",
    name="Maria",
    browser=None,
    claimed_at=START,
    number=1,
    sid="PA_h",
    there_at=START,
)
ROW = Escalation(
    id="esc_1",
    room="r",
    room_sid="RM_1",
    status=Status.NOTIFIED,
    reason=Reason.OTHER,
    created_at=START,
    caller_identity="caller-1",
    agent_identity="agent-1",
    answer_by=START + timedelta(seconds=45),
)


def row(status: Status, **more: Any) -> Escalation:
    return replace(ROW, status=status, **more)


def due(one: Escalation, at: datetime, *people: Participant) -> steps.Step | None:
    return next_step(one, at, Sight(people=(CALLER, *people)), POLICY)


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def is_due_first(one: Escalation, step: object, at: datetime, *people: Participant) -> bool:
    return due(one, at, *people) == step and due(one, at - AN_INSTANT, *people) != step


@pytest.mark.parametrize("status", [Status.REQUESTED, Status.NOTIFIED])
def test_whoever_was_told_has_until_the_very_end_of_their_time(status: Status) -> None:
    assert is_due_first(row(status), steps.NextTier(), after(45), AGENT)


def test_a_claim_has_a_minute() -> None:
    silent = replace(HUMAN, audio_heard=False)

    assert is_due_first(row(Status.CLAIMED, claim=CLAIM), steps.Release(CLAIM), after(60), AGENT, silent)


def eta(*, person: str = "maria", at: datetime, until: datetime) -> Eta:
    return Eta(human_agent_id=person, name="", minutes=1, at=at, until=until)


@pytest.mark.parametrize(
    ("said", "until"),
    [
        (eta(at=START, until=after(90)), 90),
        (eta(at=after(10), until=after(90)), 90),
        (eta(at=after(10), until=after(30)), 60),
        (eta(at=START - AN_INSTANT, until=after(90)), 60),
        (eta(person="jonas", at=after(10), until=after(90)), 60),
        (None, 60),
    ],
    ids=["as they claimed", "afterwards", "less than they had", "before the claim", "another", "nothing"],
)
def test_whoever_says_after_the_claim_that_they_need_a_moment_gets_it(said: Eta | None, until: int) -> None:
    assert deadline(row(Status.CLAIMED, claim=CLAIM, eta=said), POLICY) == after(until)


@pytest.mark.parametrize(
    "status", [Status.CONNECTED, Status.COMPLETED, Status.CANCELLED, Status.UNANSWERED, Status.FAILED]
)
def test_no_clock_ends_a_call_with_its_person_nor_what_has_ended(status: Status) -> None:
    assert deadline(row(status, claim=CLAIM), POLICY) is None


def test_who_dropped_out_has_ten_seconds_to_come_back() -> None:
    dropped = row(Status.CONNECTED, claim=replace(CLAIM, there_at=None), dropped_at=START)

    assert deadline(dropped, POLICY) == after(10)
    assert is_due_first(dropped, steps.HumanLost(), after(10), AGENT)
    assert due(dropped, after(9), AGENT) is None


def test_who_is_back_in_time_is_there_again_also_on_the_same_connection() -> None:
    dropped = row(Status.CONNECTED, claim=CLAIM, dropped_at=START)

    assert due(dropped, after(10), AGENT, HUMAN) == steps.HumanThere(CLAIM, HUMAN)


def test_the_agent_has_until_the_end_of_its_farewell_and_two_seconds_to_go() -> None:
    heard = row(Status.CONNECTED, claim=CLAIM, dismiss_at=after(3))

    assert is_due_first(heard, steps.DismissAgent(), after(3), AGENT, HUMAN)
    dismissed = replace(heard, dismissed_at=after(3))
    assert is_due_first(dismissed, steps.RemoveAgent(AGENT), after(5), AGENT, HUMAN)


def test_an_agent_that_nobody_gave_a_farewell_is_dismissed_at_once() -> None:
    assert due(row(Status.CONNECTED, claim=CLAIM), START, AGENT, HUMAN) == steps.DismissAgent()


def test_an_agent_is_not_sent_away_for_a_person_who_is_silent_or_missing() -> None:
    heard = row(Status.CONNECTED, claim=CLAIM)

    assert due(heard, START, AGENT, replace(HUMAN, audio_heard=False)) is None
    assert due(heard, START, AGENT) == steps.HumanGone(CLAIM)


def test_an_agent_that_has_left_is_noted_once() -> None:
    heard = row(Status.CONNECTED, claim=CLAIM)

    assert due(heard, START, HUMAN) == steps.AgentLeft()
    assert due(replace(heard, ai_left_at=START), START, HUMAN) is None


def test_an_agent_that_was_called_has_ten_seconds_to_come() -> None:
    called = row(Status.NOTIFIED, recalled_at=START)

    assert is_due_first(called, steps.AgentLost(), after(10))
    assert due(row(Status.NOTIFIED), START) == steps.AgentLost()


@pytest.mark.parametrize(
    ("more", "people"),
    [({"agent_identity": ""}, ()), ({}, (AGENT,)), ({}, (HUMAN,))],
    ids=["none was there", "one is there", "a person is heard"],
)
def test_no_agent_is_missed_where(more: dict[str, str], people: tuple[Participant, ...]) -> None:
    assert due(row(Status.NOTIFIED, **more), START, *people) is None


def test_a_person_who_has_claimed_and_never_came_is_not_gone() -> None:
    waiting = row(Status.CLAIMED, claim=replace(CLAIM, sid="", there_at=None))

    assert due(waiting, START, AGENT) is None
    assert due(row(Status.CLAIMED, claim=CLAIM), START, AGENT) == steps.HumanGone(CLAIM)


def test_a_person_whose_media_is_down_for_a_moment_is_not_gone() -> None:
    assert due(row(Status.CLAIMED, claim=CLAIM), START, AGENT, replace(HUMAN, active=False)) is None


def test_a_person_whom_the_agent_alone_has_heard_can_be_gone() -> None:
    untold = replace(CLAIM, sid="", there_at=None)

    assert due(row(Status.CONNECTED, claim=untold), START, AGENT) == steps.HumanGone(untold)


def test_a_newer_connection_is_seen_before_it_is_heard() -> None:
    newer = replace(HUMAN, sid="PA_new")

    assert due(row(Status.CLAIMED, claim=CLAIM), START, AGENT, newer) == steps.HumanThere(CLAIM, newer)
    assert due(row(Status.CLAIMED, claim=CLAIM), START, AGENT, HUMAN) == steps.HumanHeard(CLAIM)


def test_without_its_caller_a_call_is_over_before_anything_else() -> None:
    sight = Sight(people=(AGENT, HUMAN))

    assert next_step(row(Status.CLAIMED, claim=CLAIM), after(60), sight, POLICY) == steps.CallerGone()


def test_who_does_not_see_the_room_knows_the_clock_alone() -> None:
    assert next_step(ROW, after(44), None, POLICY) is None
    assert next_step(ROW, after(45), None, POLICY) == steps.NextTier()
    assert next_step(row(Status.CONNECTED, claim=CLAIM, dropped_at=START), after(60), None, POLICY) is None


def test_nothing_is_due_for_what_has_ended() -> None:
    assert due(row(Status.CANCELLED), after(3600)) is None


def test_a_call_that_never_had_an_agent_misses_none_before_its_person_is_heard() -> None:
    held = row(Status.CLAIMED, claim=CLAIM, agent_identity="")

    assert due(held, after(1), replace(HUMAN, audio_heard=False)) is None


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_connections_under_one_name_the_known_one_is_the_holders(first: int) -> None:
    both = (HUMAN, replace(HUMAN, sid="PA_old"))

    assert Sight(people=(both[first], both[1 - first])).holder(CLAIM) == HUMAN
