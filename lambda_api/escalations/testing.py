"""Tries whether people can be reached, before a caller needs them."""

import logging
from datetime import timedelta

from msgspec.structs import replace

from lambda_api.escalations import duty, effects, message, roster, sending
from lambda_api.escalations.errors import TooSoonError, UnavailableError
from lambda_api.escalations.models import Delivery, HumanAgent, LastTest
from lambda_api.escalations.ports import Ports

logger = logging.getLogger(__name__)


def test(ports: Ports, human_agent_id: str) -> HumanAgent:
    """Send a marked message by each of their channels, and remember what became of it."""
    person = roster.get(ports, human_agent_id)
    _not_again(ports, person)
    person = roster.subscribed_still(ports, person)
    tested = _tested(ports, person)
    reached = Delivery.SENT in (tested.sms, tested.email)
    ports.store.note_test(person.id, tested, reached=reached)
    return replace(person, tested=tested, reached_at=tested.at if reached else person.reached_at)


def drill(ports: Ports) -> None:
    """Everybody who is on duty now; whoever is not reached is an alarm."""
    for person in ports.store.people():
        if duty.is_available(person, ports.clock()):
            _drill(ports, person)


def _drill(ports: Ports, person: HumanAgent) -> None:
    try:
        reached = test(ports, person.id).reached_at == ports.clock()
    except TooSoonError:
        return
    except UnavailableError:
        reached = False
    if not reached:
        logger.error("a person was not reached by a drill", extra={"human_agent_id": person.id})
        effects.count(ports, "drill_unreached", None)


def _not_again(ports: Ports, person: HumanAgent) -> None:
    since = timedelta(seconds=ports.policy.test_seconds)
    if person.tested and ports.clock() < person.tested.at + since:
        raise TooSoonError


def _tested(ports: Ports, person: HumanAgent) -> LastTest:
    told = sending.deliver(ports, None, person, message.test(person))
    opted_out = told.sms is Delivery.SENT and _has_opted_out(ports, person)
    sms = Delivery.OPTED_OUT if opted_out else told.sms
    return LastTest(at=ports.clock(), sms=sms, email=told.email)


def _has_opted_out(ports: Ports, person: HumanAgent) -> bool:
    """SNS takes an SMS to such a number all the same, and sends nothing."""
    try:
        return ports.notifier.has_opted_out(person.phone or "")
    except UnavailableError:
        logger.warning("whether a person opted out could not be asked", extra={"human_agent_id": person.id})
        return False
