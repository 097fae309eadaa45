"""Handing notifications to the providers, at least once, each in its own time and channel."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Final

from lambda_api.escalations import effects, message, saving, transitions
from lambda_api.escalations.models import EmailStatus, Escalation, HumanAgent, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import OutboxItem

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=30)
AT_A_TIME: Final = 8


def publish(ports: Ports, row: Escalation, items: tuple[OutboxItem, ...]) -> Escalation:
    """Send what the caller holds; what fails stays in the outbox for the next look."""
    if not items:
        return row
    with ThreadPoolExecutor(max_workers=min(AT_A_TIME, len(items))) as pool:
        done = tuple(pool.map(lambda item: _handed_over(ports, row, item), items))
    sent = tuple(item.id for item, ok in zip(items, done, strict=True) if ok)
    return _settle(ports, row, sent) if sent else row


def publish_due(ports: Ports, row: Escalation) -> Escalation:
    """Send what nobody else is sending at the moment; an ended row's are thrown away."""
    items = ports.store.outbox(row.id)
    if not row.is_open:
        ports.store.discard(tuple(item.id for item in items))
        return row
    now = ports.clock()
    due = (item for item in items if item.not_before <= now)
    held = tuple(item for item in due if ports.store.lease(item, until=now + LEASE))
    return publish(ports, row, held)


def _settle(ports: Ports, row: Escalation, sent: tuple[str, ...]) -> Escalation:
    saved = saving.save(
        ports,
        row.id,
        lambda fresh, at: (
            saving.after(fresh, transitions.notified(fresh, at=at), sent=sent)
            if fresh.status is Status.REQUESTED
            else None
        ),
    )
    if not saved.changed:
        ports.store.discard(sent)
    return saved.escalation


def _handed_over(ports: Ports, row: Escalation, item: OutboxItem) -> bool:
    facts = {"escalation_id": row.id, "human_agent_id": item.human_agent_id}
    person = ports.store.person(item.human_agent_id)
    if person is None:
        return True
    if item.attempts >= ports.policy.sends:
        logger.error("a notification was given up", extra=facts)
        return True
    return _send(ports, row, person=person, number=item.round)


def _send(ports: Ports, row: Escalation, *, person: HumanAgent, number: int) -> bool:
    """One channel that took it is enough to have told them; both are tried."""
    code = ports.codes.derive(row.id, person.id, number)
    url = ports.policy.link(code)
    words = message.text(row.reason, since=row.created_at, at=ports.clock(), url=url)
    by_sms = _sms(ports, row, person, words)
    by_email = _email(ports, row, person, words)
    return by_sms or by_email


def _sms(ports: Ports, row: Escalation, person: HumanAgent, words: str) -> bool:
    phone = person.phone
    return bool(phone) and effects.attempt(
        lambda: ports.notifier.sms(phone=phone or "", text=words), row, "sms"
    )


def _email(ports: Ports, row: Escalation, person: HumanAgent, words: str) -> bool:
    if not person.email or person.email_status is not EmailStatus.CONFIRMED:
        return False
    subject = message.SUBJECT
    return effects.attempt(
        lambda: ports.notifier.email(human_agent_id=person.id, subject=subject, text=words), row, "email"
    )
