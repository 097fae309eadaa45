"""One message to one person, by each of their channels; one that took it is enough."""

import logging
from collections.abc import Callable

from msgspec import Struct

from lambda_api.escalations import effects
from lambda_api.escalations.models import Delivery, EmailStatus, Escalation, HumanAgent
from lambda_api.escalations.ports import Ports

logger = logging.getLogger(__name__)


class Message(Struct, frozen=True, kw_only=True):
    subject: str
    text: str


class Deliveries(Struct, frozen=True, kw_only=True):
    """What became of a message, by channel."""

    sms: Delivery
    email: Delivery

    @property
    def reached(self) -> bool:
        return Delivery.SENT in (self.sms, self.email)


def send(ports: Ports, row: Escalation, person: HumanAgent, message: Message) -> bool:
    return deliver(ports, row, person, message).reached


def deliver(ports: Ports, row: Escalation | None, person: HumanAgent, message: Message) -> Deliveries:
    """A mail that gets through after a text that did not says that the provider is back for another try."""
    sms, email = by_sms(ports, row, person, message), by_email(ports, row, person, message)
    if sms is Delivery.FAILED and email is Delivery.SENT:
        sms = _texted(ports, row, person, message)  # in the place of the one that failed, among an hour's
    return Deliveries(sms=sms, email=email)


def by_sms(ports: Ports, row: Escalation | None, person: HumanAgent, message: Message) -> Delivery:
    if not person.phone:
        return Delivery.NONE
    if not ports.store.take_sms(ports.clock(), most=ports.policy.sms_an_hour):
        effects.count(ports, "sms_capped", row)
        return Delivery.CAPPED
    return _texted(ports, row, person, message)


def _texted(ports: Ports, row: Escalation | None, person: HumanAgent, message: Message) -> Delivery:
    sms, phone = ports.notifier.sms, person.phone or ""
    return _tried(ports, row, "sms", lambda: sms(phone=phone, text=message.text, trace=_trace(row)))


def by_email(ports: Ports, row: Escalation | None, person: HumanAgent, message: Message) -> Delivery:
    if not person.email:
        return Delivery.NONE
    if person.email_status is not EmailStatus.CONFIRMED:
        return Delivery.UNCONFIRMED
    who, subject, text = person.id, message.subject, message.text
    mail = ports.notifier.email
    return _tried(
        ports,
        row,
        "email",
        lambda: mail(human_agent_id=who, subject=subject, text=text, trace=_trace(row)),
    )


def _trace(row: Escalation | None) -> str:
    return row.trace if row else ""


def _tried(ports: Ports, row: Escalation | None, channel: str, call: Callable[[], None]) -> Delivery:
    parent = _trace(row)
    sent = effects.attempt(lambda: ports.traced(channel, parent, call), row, channel)
    if sent and parent:
        logger.info("a message was handed over", extra={"channel": channel, "trace_id": parent.split("-")[1]})
    effects.count(ports, f"{channel}_sent" if sent else "notification_failed", row)
    return Delivery.SENT if sent else Delivery.FAILED
