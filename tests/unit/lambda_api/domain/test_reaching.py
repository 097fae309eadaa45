"""Messages that only try whether people can be reached, and the hour's cap on SMS."""

import json
import logging

import pytest
from msgspec.structs import replace

from lambda_api.escalations import gsm, roster, testing
from lambda_api.escalations.errors import NoEmailError, TooSoonError, UnknownHumanAgentError
from lambda_api.escalations.models import Delivery, EmailStatus, HumanAgent, Reason
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.policy import Policy
from tests.unit.lambda_api.domain.fakes import World

ADA = HumanAgent(id="ada", name="Ada", phone="+15005550109", email="ada@example.com")


@pytest.fixture
def ada(world: World) -> HumanAgent:
    world.notifier.confirms = True
    return roster.put(world.ports, ADA).human_agent


def counted(caplog: pytest.LogCaptureFixture) -> list[str]:
    lines = [json.loads(record.message) for record in caplog.records if record.name == "metrics"]
    return [one["Name"] for line in lines for one in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]]


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
        open_escalation(ports, request, key_name="worker", idempotency_key=room)

    assert len(world.notifier.texts) == 2
    assert len(world.notifier.mails) == 3
    assert counted(caplog).count("sms_capped") == 1
