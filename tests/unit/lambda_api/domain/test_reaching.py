"""Messages that only try whether people can be reached, and the hour's cap on SMS."""

import json
import logging
from datetime import time
from typing import Any

import pytest
from msgspec.structs import replace

from lambda_api.escalations import gsm, roster, testing
from lambda_api.escalations.errors import (
    NoEmailError,
    TooSoonError,
    UnavailableError,
    UnknownHumanAgentError,
)
from lambda_api.escalations.models import (
    Delivery,
    EmailStatus,
    HumanAgent,
    Reason,
    Shift,
    WorkingHours,
)
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.policy import Policy
from tests.unit.lambda_api.domain.fakes import World

ADA = HumanAgent(id="ada", name="Ada", phone="+15005550109", email="ada@example.com")


@pytest.fixture
def ada(world: World) -> HumanAgent:
    world.notifier.confirms = True
    return roster.put(world.ports, ADA).human_agent


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(record.message) for record in caplog.records if record.name == "metrics"]


def of_call(line: dict[str, Any]) -> tuple[str, str, str]:
    return line["stage"], line["reason"], line["escalation_id"]


def counted(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one["Name"] for line in lines(caplog) for one in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]]


@pytest.mark.parametrize("name", ["Zoë", "Łukasz", "山田", "A" * 80, "Ada}" * 20])
def test_a_name_that_no_segment_holds_is_left_out_of_a_test(world: World, name: str) -> None:
    roster.put(world.ports, replace(ADA, name=name, email=None))

    testing.test(world.ports, "ada")

    [(_, text)] = world.notifier.texts
    assert text.startswith("TEST")
    assert gsm.septets(text) <= gsm.SEGMENT


@pytest.mark.usefixtures("ada")
def test_a_test_is_marked_goes_both_ways_and_is_remembered(world: World) -> None:
    person = testing.test(world.ports, "ada")

    [(phone, text)] = world.notifier.texts
    assert (phone, text) == ("+15005550109", world.notifier.mails[0][1])
    assert text.startswith("TEST")
    assert "No caller is waiting" in text
    assert person == roster.get(world.ports, "ada")
    assert person.tested
    assert (person.tested.sms, person.tested.email) == (Delivery.SENT, Delivery.SENT)
    assert person.reached_at == world.clock()


@pytest.mark.usefixtures("ada")
def test_a_failed_test_leaves_the_last_success_standing(world: World) -> None:
    reached_at = testing.test(world.ports, "ada").reached_at
    world.clock.advance(3600)
    roster.put(world.ports, replace(ADA, email=None))
    world.notifier.down = True

    person = testing.test(world.ports, "ada")

    assert person.tested
    assert (person.tested.sms, person.tested.email) == (Delivery.FAILED, Delivery.NONE)
    assert person.reached_at == reached_at


@pytest.mark.usefixtures("ada")
def test_an_address_whose_subscription_somebody_ended_shows(world: World) -> None:
    world.notifier.subscriptions.clear()

    person = testing.test(world.ports, "ada")

    assert person.tested
    assert person.tested.email is Delivery.UNCONFIRMED
    assert roster.get(world.ports, "ada").email_status is EmailStatus.PENDING


@pytest.mark.usefixtures("ada")
def test_a_number_that_told_the_provider_to_stop_shows(world: World) -> None:
    world.notifier.opted_out.add("+15005550109")

    person = testing.test(world.ports, "ada")

    assert person.tested
    assert person.tested.sms is Delivery.OPTED_OUT


@pytest.mark.usefixtures("ada")
def test_nobody_is_tested_twice_at_once(world: World) -> None:
    testing.test(world.ports, "ada")

    with pytest.raises(TooSoonError):
        testing.test(world.ports, "ada")
    with pytest.raises(UnknownHumanAgentError):
        testing.test(world.ports, "nobody")


@pytest.mark.usefixtures("ada")
def test_the_mail_that_asks_for_a_confirmation_comes_again(world: World) -> None:
    world.notifier.confirms = False

    person = roster.subscribe_again(world.ports, "ada")

    assert world.notifier.asked == ["ada@example.com", "ada@example.com"]
    assert person.email_status is EmailStatus.PENDING
    roster.put(world.ports, replace(ADA, email=None))
    with pytest.raises(NoEmailError):
        roster.subscribe_again(world.ports, "ada")


def test_a_drill_tells_of_whoever_is_not_reached(
    world: World, ada: HumanAgent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="metrics")
    world.store.roster = {ada.id: ada}
    testing.drill(world.ports)
    assert "drill_unreached" not in counted(caplog)
    world.clock.advance(3600)
    world.notifier.down = True

    testing.drill(world.ports)

    assert counted(caplog).count("drill_unreached") == 1


def test_an_hour_has_so_many_sms_and_not_one_more(
    world: World, ada: HumanAgent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="metrics")
    world.store.roster = {ada.id: ada}
    ports = replace(world.ports, policy=Policy(sms_an_hour=2))
    for room in ("a", "b", "c"):
        request = Request(room=room, caller_identity="caller-1", reason=Reason.OTHER)
        last = open_escalation(ports, request, key_name="worker", idempotency_key=room).escalation

    assert len(world.notifier.texts) == 2
    assert len(world.notifier.mails) == 3
    assert [of_call(one) for one in lines(caplog) if "sms_capped" in one] == [("laptop", "other", last.id)]


@pytest.mark.parametrize(
    ("down", "told"), [(False, ["sms_sent", "email_sent"]), (True, ["notification_failed"] * 2)]
)
def test_each_message_is_counted_with_its_call(
    world: World, ada: HumanAgent, caplog: pytest.LogCaptureFixture, told: list[str], *, down: bool
) -> None:
    world.store.roster = {ada.id: ada}
    world.notifier.down = down
    request = Request(room="r", caller_identity="caller-1", reason=Reason.EMERGENCY)

    with caplog.at_level(logging.INFO, logger="metrics"):
        row = open_escalation(world.ports, request, key_name="worker", idempotency_key="k").escalation

    some = [one for one in lines(caplog) if "time_to_notify_ms" not in one]
    assert [
        name for one in some for name in ("sms_sent", "email_sent", "notification_failed") if name in one
    ] == told
    assert {of_call(one) for one in lines(caplog)} == {("laptop", "emergency", row.id)}


@pytest.mark.usefixtures("ada")
def test_whoever_was_tested_may_be_tested_again_after_half_a_minute(world: World) -> None:
    testing.test(world.ports, "ada")
    world.clock.advance(30)

    assert testing.test(world.ports, "ada").reached_at == world.clock()


def test_a_drill_asks_nobody_outside_their_hours(world: World, ada: HumanAgent) -> None:
    morning = WorkingHours(time_zone="UTC", days=(Shift(day="tue", start=time(8), end=time(12)),))
    noon = WorkingHours(time_zone="UTC", days=(Shift(day="tue", start=time(12), end=time(13)),))
    eve = HumanAgent(id="eve", name="Eve", phone="+15005550108", hours=noon)
    world.store.roster = {ada.id: replace(ada, hours=morning), eve.id: eve}

    testing.drill(world.ports)

    assert [phone for phone, _ in world.notifier.texts] == ["+15005550108"]


@pytest.mark.usefixtures("ada")
def test_whoever_cannot_be_asked_about_has_not_opted_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(phone: str) -> bool:
        raise UnavailableError(phone)

    monkeypatch.setattr(world.notifier, "has_opted_out", fails)

    tested = testing.test(world.ports, "ada").tested

    assert tested
    assert tested.sms is Delivery.SENT
