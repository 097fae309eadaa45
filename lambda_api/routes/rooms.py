"""A room over HTTP, for the worker: what to know before it speaks there, and who is lost or has to leave."""

import logging
from typing import Annotated

from fastapi import APIRouter, Depends, Path

from lambda_api.auth.service_caller import ServiceCaller
from lambda_api.escalations import agents, reading, relieving
from lambda_api.routes.escalations import shown
from lambda_api.routes.wired import PortsDep, caller_with
from lambda_api.schemas.fields import Room
from lambda_api.schemas.rooms import AgentCalledOut, AgentLeavingIn, AgentLostIn, RoomOut

router = APIRouter(prefix="/v1/rooms", tags=["rooms"])
Reader = Annotated[ServiceCaller, Depends(caller_with("escalations:read"))]
Writer = Annotated[ServiceCaller, Depends(caller_with("escalations:write"))]
RoomName = Annotated[Room, Path()]

log = logging.getLogger(__name__)


# A LiveKit room's name may hold a slash.
@router.get("/{room:path}")
def get_room(_: Reader, room: RoomName, ports: PortsDep) -> RoomOut:
    view = reading.room_view(ports, room)
    return RoomOut.of(view, shown(ports, view.escalation) if view.escalation else None)


@router.post("/{room:path}/agent-lost")
def agent_lost(_: Writer, room: RoomName, body: AgentLostIn, ports: PortsDep) -> AgentCalledOut:
    dispatched = agents.lost(ports, room, body.agent_identity, body.cause)
    facts = {"room": room, "job_id": body.job_id, "cause": body.cause, "dispatched": dispatched}
    log.warning("an agent was lost", extra=facts)
    return AgentCalledOut(dispatched=dispatched)


@router.post("/{room:path}/agent-leaving")
def agent_leaving(_: Writer, room: RoomName, body: AgentLeavingIn, ports: PortsDep) -> AgentCalledOut:
    dispatched = relieving.relieve(ports, room, body.agent_identity)
    log.info("an agent has to leave", extra={"room": room, "job_id": body.job_id, "dispatched": dispatched})
    return AgentCalledOut(dispatched=dispatched)
