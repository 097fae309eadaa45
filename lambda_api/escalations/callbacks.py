"""A caller whom nobody could come to wants to be called: stored, told to those on duty, done."""

import logging
from datetime import datetime, timedelta

from msgspec.structs import replace

from lambda_api.escalations import (
    duty,
    effects,
    ending,
    message,
    noting,
    reading,
    saving,
    sending,
    transitions,
)
from lambda_api.escalations.errors import EscalationEndedError, NoCallbackError
from lambda_api.escalations.models import Callback, Escalation, HumanAgent, LinkKind, Status
from lambda_api.escalations.names import hashed
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change, ItemKind, Link, OutboxItem, Wish
from lambda_api.escalations.telling import MOST

logger = logging.getLogger(__name__)


def ask(ports: Ports, escalation_id: str, wish: Wish, *, actor: str) -> Escalation:
    """Asking again corrects what was said before; people are told once."""

    def decide(row: Escalation, at: datetime) -> Change | None:
        _check_may_ask(row)
        words = reading.words(ports, row.id)
        before = row.callback if row.callback and row.callback.completed_at is None else None
        if before and words.wish == wish:
            return None
        asked = before or Callback(asked_at=at)
        new = transitions.callback(row, asked, at=at, actor=actor, change="callback_asked")
        outbox = () if before else (_item(row, at),)
        return saving.after(row, new, outbox=outbox, words=replace(words, wish=wish))

    row = saving.save(ports, escalation_id, decide).escalation
    effects.look_later(ports, row, 1)
    return row


def complete(ports: Ports, escalation_id: str, *, actor: str, notes: str = "") -> Escalation:
    def decide(row: Escalation, at: datetime) -> Change | None:
        if row.callback is None:
            raise NoCallbackError
        if row.callback.completed_at:
            return None
        done = replace(row.callback, completed_at=at)
        new = transitions.callback(row, done, at=at, actor=actor, change="callback_completed")
        return saving.after(row, new, words=noting.with_note(ports, row, notes))

    return saving.save(ports, escalation_id, decide).escalation


def tell(ports: Ports, row: Escalation) -> bool:
    """Whether it need not be told any more; off hours it waits for the first who are on duty."""
    asked, now = row.callback, ports.clock()
    if asked is None or asked.completed_at or reading.words(ports, row.id).wish is None:
        return True
    if now > asked.asked_at + timedelta(seconds=ports.policy.callback_seconds):
        logger.error("a call back was told to nobody", extra={"escalation_id": row.id})
        return True
    people = duty.on_duty(ports.store.people(), now, row.team, row.language)[:MOST]
    told = [sending.send(ports, row, one, _message(ports, row, one, now)) for one in people]
    return any(told)


def _check_may_ask(row: Escalation) -> None:
    if not row.is_open and row.status is not Status.UNANSWERED:
        raise EscalationEndedError(ending.words(row), reason=row.end_reason)


def _item(row: Escalation, at: datetime) -> OutboxItem:
    return OutboxItem(
        id=f"{row.id}:callback",
        escalation_id=row.id,
        human_agent_id="",
        round=0,
        kind=ItemKind.CALLBACK,
        not_before=at,
    )


def _message(ports: Ports, row: Escalation, one: HumanAgent, now: datetime) -> sending.Message:
    """Its link says what the text says, and nothing else: who and where is for the desk."""
    code = ports.codes.derive(row.id, one.id, 0)
    ports.store.add_link(
        Link(
            code_hash=hashed(code),
            kind=LinkKind.CLAIM,
            room=row.room,
            human_agent_id=one.id,
            name=one.name,
            valid_until=now + timedelta(seconds=ports.policy.link_seconds),
            escalation_id=row.id,
        )
    )
    return message.callback(ports.policy.link(code))
