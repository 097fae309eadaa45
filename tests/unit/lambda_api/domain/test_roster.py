"""The roster and its e-mail subscriptions."""

import pytest
from msgspec.structs import replace

from lambda_api.escalations import roster
from lambda_api.escalations.errors import (
    BadHoursError,
    EmailTakenError,
    UnavailableError,
    UnknownHumanAgentError,
)
from lambda_api.escalations.models import EmailStatus, HumanAgent, WorkingHours
from tests.unit.lambda_api.domain.fakes import World

EVA = HumanAgent(id="eva", name="Eva", email="eva@example.com")


def test_a_person_is_created_then_replaced(world: World) -> None:
    first = roster.put(world.ports, replace(EVA, email=None))
    second = roster.put(world.ports, replace(EVA, email=None, name="Eva B."))

    assert (first.created, second.created) == (True, False)
    assert roster.get(world.ports, "eva").name == "Eva B."
    assert roster.get(world.ports, "eva").email_status is EmailStatus.NONE


def test_an_address_is_subscribed_and_waits_for_its_confirmation(world: World) -> None:
    person = roster.put(world.ports, EVA).human_agent
    assert person.email_status is EmailStatus.PENDING

    roster.refresh(world.ports)
    assert roster.get(world.ports, "eva").email_status is EmailStatus.PENDING
    world.notifier.subscriptions[person.subscription] = True
    roster.refresh(world.ports)

    assert roster.get(world.ports, "eva").email_status is EmailStatus.CONFIRMED


def test_an_address_that_is_confirmed_at_once_is_so(world: World) -> None:
    world.notifier.confirms = True

    assert roster.put(world.ports, EVA).human_agent.email_status is EmailStatus.CONFIRMED


def test_the_same_address_keeps_its_subscription(world: World) -> None:
    first = roster.put(world.ports, EVA).human_agent

    second = roster.put(world.ports, replace(EVA, tier=3)).human_agent

    assert second.subscription == first.subscription
    assert world.notifier.asked == ["eva@example.com"]
    assert not world.notifier.gone


@pytest.mark.parametrize("email", ["eva@example.com", "Eva@Example.com"])
def test_an_address_that_another_person_has_is_refused(world: World, email: str) -> None:
    roster.put(world.ports, EVA)

    with pytest.raises(EmailTakenError):
        roster.put(world.ports, HumanAgent(id="ada", name="Ada", email=email))

    assert world.notifier.asked == ["eva@example.com"]
    assert world.ports.store.person("ada") is None


@pytest.mark.parametrize("email", [None, "new@example.com"])
def test_an_old_address_is_unsubscribed(world: World, email: str | None) -> None:
    old = roster.put(world.ports, EVA).human_agent

    roster.put(world.ports, replace(EVA, email=email))

    assert world.notifier.gone == [old.subscription]


def test_a_person_whose_address_cannot_be_subscribed_is_not_stored(world: World) -> None:
    world.notifier.down = True

    with pytest.raises(UnavailableError):
        roster.put(world.ports, EVA)

    assert "eva" not in world.store.roster


def test_a_deleted_person_is_gone_even_if_the_subscription_stays(world: World) -> None:
    roster.put(world.ports, EVA)
    world.notifier.down = True

    roster.delete(world.ports, "eva")
    roster.delete(world.ports, "eva")

    with pytest.raises(UnknownHumanAgentError):
        roster.get(world.ports, "eva")


def test_a_deleted_persons_subscription_ends(world: World) -> None:
    stored = roster.put(world.ports, EVA).human_agent

    roster.delete(world.ports, "eva")

    assert world.notifier.gone == [stored.subscription]


def test_a_subscription_is_the_persons_own(world: World) -> None:
    assert roster.put(world.ports, EVA).human_agent.subscription == "sub:eva:eva@example.com"


def test_the_same_address_stays_confirmed(world: World) -> None:
    world.notifier.confirms = True
    roster.put(world.ports, EVA)

    again = roster.put(world.ports, replace(EVA, tier=3)).human_agent

    assert again.email_status is EmailStatus.CONFIRMED


def test_without_an_address_there_is_no_subscription_whatever_was_given(world: World) -> None:
    given = replace(EVA, email=None, email_status=EmailStatus.CONFIRMED, subscription="sub")

    assert roster.put(world.ports, given).human_agent == replace(EVA, email=None)


def test_a_first_address_ends_no_subscription(world: World) -> None:
    roster.put(world.ports, replace(EVA, email=None))

    roster.put(world.ports, EVA)

    assert not world.notifier.gone


def test_everybody_is_listed(world: World) -> None:
    assert [one.id for one in roster.list_(world.ports)] == ["maria", "jonas"]


def test_asking_for_confirmations_survives_the_notifiers_absence(world: World) -> None:
    roster.put(world.ports, EVA)
    world.notifier.down = True

    roster.refresh(world.ports)

    assert roster.get(world.ports, "eva").email_status is EmailStatus.PENDING


def test_a_confirmed_address_is_not_asked_for_again(world: World, caplog: pytest.LogCaptureFixture) -> None:
    world.notifier.confirms = True
    roster.put(world.ports, EVA)
    world.notifier.down = True

    roster.refresh(world.ports)

    # Figures are lines too, where a test before this one has turned them on.
    assert not [one for one in caplog.records if one.name != "metrics"]


def test_a_confirmation_does_not_bring_back_who_was_deleted(world: World) -> None:
    stored = roster.put(world.ports, EVA).human_agent
    roster.delete(world.ports, "eva")

    world.store.confirm_person("eva", stored.subscription)

    assert "eva" not in world.store.roster


def test_unknown_time_zones_are_refused(world: World) -> None:
    with pytest.raises(BadHoursError):
        roster.put(world.ports, replace(EVA, hours=WorkingHours(time_zone="Mars/Olympus", days=())))
