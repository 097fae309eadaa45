"""The brief: the newest counts, only the seat's holder reads it, and it goes when personal data goes."""

from datetime import datetime

import pytest

from lambda_api.escalations import briefing, callbacks, claiming, ending, forgetting, seating
from lambda_api.escalations.briefs import Brief, Caller, Line, LineKind
from lambda_api.escalations.errors import EscalationEndedError, SeatNotHeldError, UnknownEscalationError
from lambda_api.escalations.models import Escalation, Reason, Role
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.records import Wish, Words
from lambda_api.escalations.rooms import Participant, ParticipantKind
from tests.unit.lambda_api.domain.fakes import START, World

TURNS = (("caller", "My order never came."), ("agent", "I am sorry to hear that."))


def brief(summary: str = "wants a refund", *, at: datetime = START, turns: tuple[int, ...] = (1,)) -> Brief:
    line = Line(kind=LineKind.WISH, text="a refund", turns=turns)
    return Brief(summary=summary, transcript=TURNS, lines=(line,), refreshed_at=at)


def shown(world: World, row: Escalation, browser: str = "browser") -> Brief:
    return briefing.show(world.ports, world.code(row), browser).brief


def test_the_holder_of_the_seat_reads_the_newest_brief(world: World, claimed: Escalation) -> None:
    briefing.refresh(world.ports, claimed.id, brief())
    briefing.refresh(world.ports, claimed.id, brief("wants it today", at=world.clock()))

    assert shown(world, claimed) == brief("wants it today")


def test_turns_that_there_are_not_are_left_out(world: World, claimed: Escalation) -> None:
    briefing.refresh(world.ports, claimed.id, brief(turns=(0, 1, 2, 3, 99)))

    [line] = shown(world, claimed).lines
    assert line.turns == (1, 2)


def test_before_the_first_brief_there_is_what_the_ai_said_when_it_asked(world: World) -> None:
    words = Words(summary="s", transcript=TURNS)
    request = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER, language="de", words=words)
    row = open_escalation(world.ports, request, key_name="w", idempotency_key="k").escalation
    claiming.claim(world.ports, world.code(row), "browser")

    told = shown(world, row)

    assert told == Brief(summary="s", transcript=TURNS, refreshed_at=row.created_at, language="de")
    assert briefing.said(world.ports, row) == words


@pytest.mark.parametrize("browser", ["another", ""])
def test_nobody_else_reads_it(world: World, claimed: Escalation, browser: str) -> None:
    briefing.refresh(world.ports, claimed.id, brief())

    with pytest.raises(SeatNotHeldError):
        shown(world, claimed, browser)


def test_before_the_claim_nobody_reads_it(world: World, opened: Escalation) -> None:
    briefing.refresh(world.ports, opened.id, brief())

    with pytest.raises(SeatNotHeldError):
        shown(world, opened)


def test_writing_a_brief_is_no_change_of_the_row(world: World, claimed: Escalation) -> None:
    before = len(world.store.commits)

    briefing.refresh(world.ports, claimed.id, brief())

    assert len(world.store.commits) == before


def test_after_the_end_it_is_written_no_more_and_read_for_a_while(world: World, claimed: Escalation) -> None:
    briefing.refresh(world.ports, claimed.id, brief())
    ending.close(world.ports, claimed, actor="caller", cause="webhook", reason="caller_left")

    with pytest.raises(EscalationEndedError):
        briefing.refresh(world.ports, claimed.id, brief("too late"))
    world.clock.advance(world.policy.link_seconds)
    assert shown(world, claimed) == brief()

    world.clock.advance(1)
    with pytest.raises(EscalationEndedError) as refused:
        shown(world, claimed)
    assert refused.value.words == "The caller left at 12:00 UTC."
    assert refused.value.reason == "caller_left"


def test_a_brief_of_nothing_is_refused(world: World) -> None:
    with pytest.raises(UnknownEscalationError):
        briefing.refresh(world.ports, "esc_none", brief())


def test_it_is_erased_with_everything_personal(world: World, claimed: Escalation) -> None:
    briefing.refresh(world.ports, claimed.id, brief())

    forgetting.erase(world.ports, claimed.id, actor="admin")

    assert not world.store.briefs
    assert shown(world, claimed).summary == ""


def test_a_brief_alone_is_reason_enough_to_erase_again(world: World, claimed: Escalation) -> None:
    forgetting.erase(world.ports, claimed.id, actor="admin")
    briefing.refresh(world.ports, claimed.id, brief())

    forgetting.erase(world.ports, claimed.id, actor="admin")
    first = world.row(claimed)

    assert not world.store.briefs
    assert forgetting.erase(world.ports, claimed.id, actor="admin") == first


def test_a_brief_that_comes_while_it_is_being_erased_does_not_stay(world: World, claimed: Escalation) -> None:
    def erase() -> None:
        forgetting.erase(world.ports, claimed.id, actor="admin")

    world.store.meanwhile = erase

    briefing.refresh(world.ports, claimed.id, brief())

    assert not world.store.briefs


def test_after_its_time_it_is_as_if_there_was_none(world: World, claimed: Escalation) -> None:
    briefing.refresh(world.ports, claimed.id, brief())
    world.clock.advance(world.policy.words_seconds)

    assert shown(world, claimed).lines == ()


def test_an_ai_that_resumes_gets_the_freshest_words(world: World, claimed: Escalation) -> None:
    wish = Wish(name="Ada", phone="+15005550177", when="at six")
    callbacks.ask(world.ports, claimed.id, wish, actor="worker")
    briefing.refresh(world.ports, claimed.id, brief())

    words = briefing.said(world.ports, world.row(claimed))

    assert words == Words(summary="wants a refund", transcript=TURNS, wish=wish)


def test_a_caller_by_telephone_has_a_name_and_a_number(world: World, claimed: Escalation) -> None:
    caller = Participant(
        identity="caller-1", sid="PA_c", kind=ParticipantKind.OTHER, name="Ada", phone="+15005550199"
    )
    world.rooms.there["r"][caller.sid] = caller
    world.rooms.drop("caller-1")
    world.rooms.there["r"][caller.sid] = caller

    told = briefing.show(world.ports, world.code(claimed), "browser").caller

    assert told == Caller(identity="caller-1", name="Ada", phone="+15005550199")


def test_without_livekit_the_callers_seat_knows_the_name(world: World) -> None:
    seat = seating.create_seat(world.ports, "r2", role=Role.CALLER, name="Ada")
    world.rooms.add(seat.identity, room="r2")
    request = Request(room="r2", caller_identity=seat.identity, reason=Reason.OTHER)
    row = open_escalation(world.ports, request, key_name="w", idempotency_key="k").escalation
    claiming.claim(world.ports, world.code(row), "browser")
    world.rooms.down = True

    told = briefing.show(world.ports, world.code(row), "browser").caller

    assert told == Caller(identity=seat.identity, name="Ada", phone=None)


def test_an_unknown_caller_is_just_that(world: World, claimed: Escalation) -> None:
    told = briefing.show(world.ports, world.code(claimed), "browser").caller

    assert told == Caller(identity="caller-1", name=None, phone=None)


def test_whoever_wants_to_be_called_back_has_said_who_they_are(world: World, claimed: Escalation) -> None:
    wish = Wish(name="Ada", phone="+15005550177", when="at six")
    callbacks.ask(world.ports, claimed.id, wish, actor="worker")

    told = briefing.show(world.ports, world.code(claimed), "browser").caller

    assert told == Caller(identity="caller-1", name="Ada", phone="+15005550177")
