"""Opening an escalation: one transaction stores it with everything that must not be forgotten."""

import json
import logging
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from lambda_api.escalations import ending, founding, publishing, recording, saving
from lambda_api.escalations.errors import (
    ConflictError,
    IdempotencyMismatchError,
    ReservedIdentityError,
    TooBusyError,
    UnavailableError,
    UnknownEscalationError,
)
from lambda_api.escalations.models import HUMAN_PREFIX, Escalation, Reason
from lambda_api.escalations.names import begins, escalation_id, hashed
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change, Idempotency, Words

logger = logging.getLogger(__name__)


class Request(Struct, frozen=True, kw_only=True):
    room: str
    caller_identity: str
    reason: Reason
    room_sid: str = ""
    agent_identity: str = ""
    team: str | None = None
    language: str | None = None
    words: Words = field(default_factory=Words)
    tool_called_at: datetime | None = None


class Opened(Struct, frozen=True, kw_only=True):
    escalation: Escalation
    created: bool


def open_escalation(
    ports: Ports, request: Request, *, key_name: str, idempotency_key: str, trace: str = ""
) -> Opened:
    """Store a new escalation and tell people, or give the one that this key or this room already has."""
    if begins(request.caller_identity, HUMAN_PREFIX):
        raise ReservedIdentityError
    new_id = escalation_id(ports.clock())
    record = Idempotency(
        key=f"{key_name}#{hashed(idempotency_key)}",
        body_hash=hashed(_JSON.encode(request)),
        escalation_id=new_id,
        created=True,
        valid_until=ports.clock() + timedelta(seconds=ports.policy.idempotency_seconds),
    )
    for _ in range(ports.policy.attempts):
        try:
            return _attempt(ports, request, record, actor=key_name, trace=trace)
        except ConflictError:
            continue
    raise TooBusyError


def _plain(value: Any) -> Any:
    """What JSON has no word for: a record by its fields, a time by its text."""
    return asdict(value) if isinstance(value, Struct) else str(value)


_JSON: Final = json.JSONEncoder(default=_plain, sort_keys=True)


def _attempt(ports: Ports, request: Request, record: Idempotency, *, actor: str, trace: str) -> Opened:
    known = ports.store.idempotency(record.key)
    if known and known.valid_until > ports.clock():
        return _same_answer(ports, known, record)
    latest = saving.current(ports, request.room)
    if latest and latest.is_open:
        if _same_session(latest, request):
            return _join(ports, latest, record)
        latest = ending.close(ports, latest, actor=actor, cause="new_request", reason=ending.NEWER_SESSION)
    return _create(ports, request, record, latest=latest, actor=actor, trace=trace)


def _same_answer(ports: Ports, known: Idempotency, record: Idempotency) -> Opened:
    if known.body_hash != record.body_hash:
        raise IdempotencyMismatchError
    row = ports.store.escalation(known.escalation_id)
    if row is None:
        raise UnknownEscalationError
    return Opened(escalation=row, created=known.created)


def _same_session(row: Escalation, request: Request) -> bool:
    return not (row.room_sid and request.room_sid) or row.room_sid == request.room_sid


def _join(ports: Ports, row: Escalation, record: Idempotency) -> Opened:
    ports.store.remember(replace(record, escalation_id=row.id, created=False), now=ports.clock())
    return Opened(escalation=row, created=False)


def _create(
    ports: Ports,
    request: Request,
    record: Idempotency,
    *,
    latest: Escalation | None,
    actor: str,
    trace: str,
) -> Opened:
    draft = Escalation(
        id=record.escalation_id,
        room=request.room,
        room_sid=request.room_sid,
        status=founding.FIRST,
        reason=request.reason,
        created_at=ports.clock(),
        caller_identity=request.caller_identity,
        agent_identity=request.agent_identity,
        team=request.team,
        language=request.language,
        tool_called_at=request.tool_called_at,
        epoch=latest.epoch + 1 if latest else 1,
        trace=trace,
    )
    replaces = latest.id if latest else ""
    change = founding.found(ports, draft, words=request.words, record=record, replaces=replaces, actor=actor)
    if change.escalation.is_open:
        # Before the write, so that a crash right after it loses nothing: the look finds the row, or no row.
        ports.timers.look_later(draft.id, delay_s=ports.policy.first_look_seconds, chain=True)
    ports.traced("store", trace, lambda: recording.commit(ports, change))
    return Opened(escalation=_tell(ports, change), created=True)


def _tell(ports: Ports, change: Change) -> Escalation:
    """It is stored, so it is accepted: what fails from here on is left to the first look."""
    try:
        return publishing.publish(ports, change.escalation, change.outbox)
    except UnavailableError:
        logger.warning(
            "a notification is left to the first look", extra={"escalation_id": change.escalation.id}
        )
        return change.escalation
