"""One message to one person, by each of their channels; one that took it is enough."""

from dataclasses import dataclass

from lambda_api.escalations import effects
from lambda_api.escalations.models import EmailStatus, Escalation, HumanAgent
from lambda_api.escalations.ports import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    subject: str
    text: str


def send(ports: Ports, row: Escalation, person: HumanAgent, message: Message) -> bool:
    sms = by_sms(ports, row, person, message)
    email = by_email(ports, row, person, message)
    return sms or email


def by_sms(ports: Ports, row: Escalation | None, person: HumanAgent, message: Message) -> bool:
    phone = person.phone
    return bool(phone) and effects.attempt(
        lambda: ports.notifier.sms(phone=phone or "", text=message.text), row, "sms"
    )


def by_email(ports: Ports, row: Escalation | None, person: HumanAgent, message: Message) -> bool:
    if not person.email or person.email_status is not EmailStatus.CONFIRMED:
        return False
    who, subject, text = person.id, message.subject, message.text
    return effects.attempt(
        lambda: ports.notifier.email(human_agent_id=who, subject=subject, text=text), row, "email"
    )
