"""The roster over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from lambda_api.auth.service_caller import ServiceCaller
from lambda_api.escalations import roster, testing
from lambda_api.routes.wired import PortsDep, caller_with
from lambda_api.schemas.human_agents import HumanAgentIn, HumanAgentList, HumanAgentOut

router = APIRouter(prefix="/v1/human-agents", tags=["human agents"])
Writer = Annotated[ServiceCaller, Depends(caller_with("human_agents:write"))]
Reader = Annotated[ServiceCaller, Depends(caller_with("human_agents:read"))]
HumanAgentId = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", examples=["maria"])]


@router.get("")
def list_human_agents(_: Reader, ports: PortsDep) -> HumanAgentList:
    return HumanAgentList(items=[HumanAgentOut.of(person) for person in roster.list_(ports)])


@router.get("/{human_agent_id}")
def get_human_agent(_: Reader, human_agent_id: HumanAgentId, ports: PortsDep) -> HumanAgentOut:
    return HumanAgentOut.of(roster.get(ports, human_agent_id))


@router.put("/{human_agent_id}", responses={201: {"model": HumanAgentOut, "description": "New"}})
def put_human_agent(
    _: Writer, human_agent_id: HumanAgentId, body: HumanAgentIn, ports: PortsDep, response: Response
) -> HumanAgentOut:
    stored = roster.put(ports, body.to_domain(human_agent_id))
    response.status_code = 201 if stored.created else 200
    return HumanAgentOut.of(stored.human_agent)


@router.post("/{human_agent_id}/test")
def try_human_agent(_: Writer, human_agent_id: HumanAgentId, ports: PortsDep) -> HumanAgentOut:
    """Send a message that is marked as a test; the answer says what became of it."""
    return HumanAgentOut.of(testing.test(ports, human_agent_id))


@router.post("/{human_agent_id}/email-subscription")
def subscribe_human_agent(_: Writer, human_agent_id: HumanAgentId, ports: PortsDep) -> HumanAgentOut:
    """Send the mail that asks to confirm the address once more."""
    return HumanAgentOut.of(roster.subscribe_again(ports, human_agent_id))


@router.delete("/{human_agent_id}", status_code=204)
def delete_human_agent(_: Writer, human_agent_id: HumanAgentId, ports: PortsDep) -> None:
    roster.delete(ports, human_agent_id)
