"""The people who can be called in, and their e-mail subscriptions."""

import logging

from msgspec import Struct
from msgspec.structs import replace

from lambda_api.escalations.duty import check_hours, on_duty
from lambda_api.escalations.errors import (
    EmailTakenError,
    NoEmailError,
    UnavailableError,
    UnknownHumanAgentError,
)
from lambda_api.escalations.models import EmailStatus, HumanAgent
from lambda_api.escalations.ports import Ports

__all__ = ["Stored", "delete", "get", "list_", "on_duty", "put", "refresh"]

logger = logging.getLogger(__name__)


class Stored(Struct, frozen=True, kw_only=True):
    human_agent: HumanAgent
    created: bool


def put(ports: Ports, person: HumanAgent) -> Stored:
    """Store a person; what they said at the desk stays. Raise BadHoursError or EmailTakenError."""
    check_hours(person.hours)
    _check_email(ports, person)
    before = ports.store.person(person.id)
    if before:
        kept = {name: getattr(before, name) for name in ("away_since", "tested", "reached_at")}
        person = replace(person, **kept)
    subscribed = _with_subscription(ports, person, before)
    ports.store.put_person(subscribed)
    if before and before.subscription not in ("", subscribed.subscription):
        _unsubscribe(ports, before)
    return Stored(human_agent=subscribed, created=before is None)


def get(ports: Ports, human_agent_id: str) -> HumanAgent:
    person = ports.store.person(human_agent_id)
    if person is None:
        raise UnknownHumanAgentError
    return person


def delete(ports: Ports, human_agent_id: str) -> None:
    """Idempotent; from this moment they are not told, whatever becomes of the subscription."""
    person = ports.store.person(human_agent_id)
    ports.store.delete_person(human_agent_id)
    if person and person.subscription:
        _unsubscribe(ports, person)


def list_(ports: Ports) -> tuple[HumanAgent, ...]:
    return ports.store.people()


def refresh(ports: Ports) -> None:
    """Ask again for those whose address was not confirmed yet."""
    for person in ports.store.people():
        if person.email_status is EmailStatus.PENDING and person.subscription:
            _refresh(ports, person)


def subscribed_still(ports: Ports, person: HumanAgent) -> HumanAgent:
    """Every mail holds a link that ends the subscription, and whoever follows it tells nobody."""
    if not person.subscription:
        return person
    confirmed = ports.notifier.is_confirmed(person.subscription)
    now = replace(person, email_status=EmailStatus.CONFIRMED if confirmed else EmailStatus.PENDING)
    if now != person:
        ports.store.put_person(now)
    return now


def subscribe_again(ports: Ports, human_agent_id: str) -> HumanAgent:
    """Have the mail that asks for a confirmation sent once more."""
    person = get(ports, human_agent_id)
    if not person.email:
        raise NoEmailError
    again = _subscribed(ports, person, person.email)
    ports.store.put_person(again)
    return again


def _refresh(ports: Ports, person: HumanAgent) -> None:
    try:
        if ports.notifier.is_confirmed(person.subscription):
            ports.store.confirm_person(person.id, person.subscription)
    except UnavailableError:
        logger.warning("a subscription could not be asked for", extra={"human_agent_id": person.id})


def _check_email(ports: Ports, person: HumanAgent) -> None:
    """SNS keeps one subscription of an address, and that one lets through one person's messages."""
    same = (person.email or "").casefold()
    others = (one.email or "" for one in ports.store.people() if one.id != person.id)
    if same and any(other.casefold() == same for other in others):
        raise EmailTakenError


def _with_subscription(ports: Ports, person: HumanAgent, before: HumanAgent | None) -> HumanAgent:
    if not person.email:
        return replace(person, email_status=EmailStatus.NONE, subscription="")
    if before and before.email == person.email and before.subscription:
        return replace(person, email_status=before.email_status, subscription=before.subscription)
    return _subscribed(ports, person, person.email)


def _subscribed(ports: Ports, person: HumanAgent, email: str) -> HumanAgent:
    subscription = ports.notifier.subscribe(human_agent_id=person.id, email=email)
    confirmed = ports.notifier.is_confirmed(subscription)
    status = EmailStatus.CONFIRMED if confirmed else EmailStatus.PENDING
    return replace(person, email_status=status, subscription=subscription)


def _unsubscribe(ports: Ports, person: HumanAgent) -> None:
    try:
        ports.notifier.unsubscribe(person.subscription)
    except UnavailableError:
        logger.warning("an e-mail subscription was left behind", extra={"human_agent_id": person.id})
