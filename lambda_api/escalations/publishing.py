"""Handing notifications to the providers, at least once, each in its own time and channel."""

import logging
from datetime import timedelta
from typing import Final

from lambda_api.escalations import callbacks, duty, message, saving, sending, transitions
from lambda_api.escalations.models import Escalation, HumanAgent, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import ItemKind, OutboxItem
from lambda_api.escalations.sending import Message

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=30)


def publish(ports: Ports, row: Escalation, items: tuple[OutboxItem, ...]) -> Escalation:
    """Send what the caller holds; what fails stays in the outbox for the next look."""
    if not items:
        return row
    done = ports.together(lambda item: _handed_over(ports, row, item), items)
    sent = tuple(item.id for item, ok in zip(items, done, strict=True) if ok)
    return _settle(ports, row, sent) if sent else row


def publish_held(ports: Ports, row: Escalation, items: tuple[OutboxItem, ...]) -> Escalation:
    """Of what was just written, what waits for its writer; the rest is for a look."""
    now = ports.clock()
    return publish(ports, row, tuple(item for item in items if item.not_before > now))


def publish_due(ports: Ports, row: Escalation, items: tuple[OutboxItem, ...]) -> Escalation:
    """Send what nobody else is sending at the moment; nobody is asked into a call that is over."""
    if not items:
        return row
    notices = [item for item in items if item.kind is not ItemKind.HOOK]
    if not row.is_open:
        ports.store.discard(tuple(item.id for item in notices if item.kind is ItemKind.WANTED))
        notices = [item for item in notices if item.kind is not ItemKind.WANTED]
    now = ports.clock()
    due = [item for item in notices if item.not_before <= now]
    held = [item for item in due if ports.store.lease(item, until=now + LEASE)]
    return publish(ports, row, tuple(held))


def _settle(ports: Ports, row: Escalation, sent: tuple[str, ...]) -> Escalation:
    saved = saving.save(
        ports,
        row,
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
    if item.kind is ItemKind.CALLBACK:
        return callbacks.tell(ports, row)
    person = ports.store.person(item.human_agent_id)
    if person is None:
        return True
    if item.attempts >= ports.policy.sends:
        logger.error("a notification was given up", extra=_facts(item))
        return True
    return _told(ports, row, person, item)


def _told(ports: Ports, row: Escalation, person: HumanAgent, item: OutboxItem) -> bool:
    if item.kind is ItemKind.NOT_NEEDED:
        return sending.send(ports, row, person, message.not_needed(row))
    if not duty.is_available(person, ports.clock()):
        logger.info("a person went off duty before they were told", extra=_facts(item))
        return True
    return sending.send(ports, row, person, _wanted(ports, row, item))


def _facts(item: OutboxItem) -> dict[str, str]:
    return {"escalation_id": item.escalation_id, "human_agent_id": item.human_agent_id}


def _wanted(ports: Ports, row: Escalation, item: OutboxItem) -> Message:
    url = ports.policy.link(ports.codes.derive(row.id, item.human_agent_id, item.round))
    return message.wanted(row.reason, since=row.created_at, at=ports.clock(), url=url)
