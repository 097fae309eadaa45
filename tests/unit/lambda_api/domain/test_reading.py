"""Reading escalations and rooms."""

import pytest
from msgspec.structs import replace

from lambda_api.escalations import claiming, leaving, reading, seating
from lambda_api.escalations.errors import UnknownEscalationError
from lambda_api.escalations.models import Escalation, Role, Status
from lambda_api.escalations.reading import HumanInRoom, RoomView
from lambda_api.escalations.records import Words
from tests.unit.lambda_api.domain.fakes import World


def test_one_is_read_by_its_id(world: World, opened: Escalation) -> None:
    assert reading.get(world.ports, opened.id) == opened
    with pytest.raises(UnknownEscalationError):
        reading.get(world.ports, "esc_unknown")


def test_they_are_listed_by_status(world: World, opened: Escalation) -> None:
    listed = reading.list_(world.ports, status=Status.NOTIFIED, limit=10, cursor=None)

    assert (listed.items, listed.next_cursor) == ((opened,), None)
    assert not reading.list_(world.ports, status=Status.FAILED, limit=10, cursor=None).items


def test_words_that_are_not_kept_any_more_are_none(world: World, opened: Escalation) -> None:
    world.store.said.clear()

    assert reading.words(world.ports, opened.id) == Words()


def test_an_empty_room_has_nobody(world: World) -> None:
    view = reading.room_view(world.ports, "empty")

    assert (view.escalation, view.human_agents) == (None, ())


def test_a_room_whose_escalation_is_unclaimed_has_nobody_yet(world: World, opened: Escalation) -> None:
    view = reading.room_view(world.ports, "r")

    assert (view.escalation, view.human_agents) == (opened, ())


def test_the_holder_is_shown_under_each_of_their_identities(world: World, connected: Escalation) -> None:
    again = claiming.claim(world.ports, world.code(connected), "browser")

    view = reading.room_view(world.ports, "r")

    assert connected.claim
    identities = [one.identity for one in view.human_agents]
    assert identities == [again.identity, connected.claim.identity]
    assert all(one.there and one.heard and one.name == "Maria" for one in view.human_agents)


def test_seats_are_shown_until_they_expire_and_only_those_of_human_agents(world: World) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT, name="Eva")
    seating.create_seat(world.ports, "r", role=Role.CALLER)

    shown = HumanInRoom(identity=seat.identity, name="Eva", escalation_id=None, there=False, heard=False)
    assert reading.room_view(world.ports, "r") == RoomView(room="r", escalation=None, human_agents=(shown,))
    world.clock.advance(world.policy.seat_seconds)
    assert not reading.room_view(world.ports, "r").human_agents


def test_a_seat_that_is_the_claim_is_shown_once(world: World, opened: Escalation) -> None:
    seat = seating.create_seat(world.ports, "r", role=Role.HUMAN_AGENT)

    [shown] = reading.room_view(world.ports, "r").human_agents

    assert (shown.identity, shown.escalation_id) == (seat.identity, opened.id)


def test_an_ended_escalation_is_not_shown(world: World, opened: Escalation) -> None:
    leaving.cancel(world.ports, opened.id, cause="operator", actor="admin")

    assert reading.room_view(world.ports, "r").escalation is None


def test_a_list_goes_on_where_its_last_page_ended(world: World, opened: Escalation) -> None:
    world.store.rows = {f"esc_{number}": replace(opened, id=f"esc_{number}") for number in range(3)}
    first = reading.list_(world.ports, status=None, limit=2, cursor=None)

    second = reading.list_(world.ports, status=None, limit=2, cursor=first.next_cursor)

    assert [row.id for row in first.items + second.items] == ["esc_2", "esc_1", "esc_0"]


def test_a_row_without_a_wish_costs_no_second_read(
    world: World, opened: Escalation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(type(world.store), "words")

    assert reading.wish(world.ports, opened) is None
