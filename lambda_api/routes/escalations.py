"""Escalations over HTTP: open, list, read, cancel, and the agent's word that it has left."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response

from lambda_api.auth.service_caller import ServiceCaller
from lambda_api.errors.edge import IdempotencyKeyMissingError
from lambda_api.escalations import briefing, leaving, opening, reading
from lambda_api.escalations.errors import UnknownEscalationError
from lambda_api.escalations.models import Escalation
from lambda_api.escalations.ports import Ports
from lambda_api.routes.wired import PortsDep, caller_with
from lambda_api.schemas.escalations import (
    AiLeftIn,
    CancelIn,
    EscalationIn,
    EscalationOut,
    EscalationPage,
    ListQuery,
    WholeEscalationOut,
)
from lambda_api.schemas.words import WordsOut

router = APIRouter(prefix="/v1/escalations", tags=["escalations"])
Writer = Annotated[ServiceCaller, Depends(caller_with("escalations:write"))]
Reader = Annotated[ServiceCaller, Depends(caller_with("escalations:read"))]
_ID = re.compile(r"esc_[0-9a-z]{26}")
_TRACE = re.compile(r"00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_KEY = re.compile(r"[ -~]{1,255}")


def known_shape(escalation_id: str) -> str:
    if not _ID.fullmatch(escalation_id):
        raise UnknownEscalationError
    return escalation_id


def shown(ports: Ports, row: Escalation) -> EscalationOut:
    return EscalationOut.of(row, reading.wish(ports, row))


def idempotency_key(key: Annotated[str | None, Header(alias="Idempotency-Key")] = None) -> str:
    if key is None or not _KEY.fullmatch(key):
        raise IdempotencyKeyMissingError
    return key


def trace(
    traceparent: Annotated[str, Header(description="W3C's, for whoever follows what comes of it")] = "",
) -> str:
    """What is not of W3C's form counts as none, as W3C wants it."""
    return traceparent if _TRACE.fullmatch(traceparent) else ""


Trace = Annotated[str, Depends(trace)]
EscalationId = Annotated[str, Depends(known_shape)]
IdempotencyKey = Annotated[str, Depends(idempotency_key)]


@router.post("", status_code=201, responses={200: {"model": EscalationOut, "description": "Already open"}})
def open_escalation(
    caller: Writer,
    key: IdempotencyKey,
    trace: Trace,
    body: EscalationIn,
    ports: PortsDep,
    response: Response,
) -> EscalationOut:
    opened = opening.open_escalation(
        ports, body.to_domain(), key_name=caller.name, idempotency_key=key, trace=trace
    )
    response.status_code = 201 if opened.created else 200
    return shown(ports, opened.escalation)


@router.get("")
def list_escalations(_: Reader, query: Annotated[ListQuery, Query()], ports: PortsDep) -> EscalationPage:
    page = reading.list_(ports, status=query.status, limit=query.limit, cursor=query.cursor)
    return EscalationPage(items=[shown(ports, row) for row in page.items], next_cursor=page.next_cursor)


@router.get("/{escalation_id}")
def get_escalation(_: Reader, escalation_id: EscalationId, ports: PortsDep) -> WholeEscalationOut:
    row = shown(ports, reading.get(ports, escalation_id))
    return WholeEscalationOut.with_notes(row, reading.words(ports, escalation_id).notes)


@router.get("/{escalation_id}/words")
def get_words(_: Reader, escalation_id: EscalationId, ports: PortsDep) -> WordsOut:
    row = reading.get(ports, escalation_id)
    return WordsOut.of(row, briefing.said(ports, row))


@router.post("/{escalation_id}/ai-left")
def ai_left(_: Writer, escalation_id: EscalationId, body: AiLeftIn, ports: PortsDep) -> EscalationOut:
    row = leaving.ai_left(
        ports,
        escalation_id,
        agent_identity=body.agent_identity,
        human_identity=body.human_identity,
        cause=body.cause,
    )
    return shown(ports, row)


@router.post("/{escalation_id}/cancel")
def cancel(caller: Writer, escalation_id: EscalationId, body: CancelIn, ports: PortsDep) -> EscalationOut:
    return shown(ports, leaving.cancel(ports, escalation_id, cause=body.cause, actor=caller.name))
