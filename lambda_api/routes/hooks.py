"""Other systems' webhooks over HTTP: where each change of an escalation is offered to."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from lambda_api.auth.service_caller import ServiceCaller
from lambda_api.escalations import hooks
from lambda_api.routes.wired import PortsDep, caller_with
from lambda_api.schemas.hooks import HookIn, HookList, HookOut, StoredHookOut

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])
Admin = Annotated[ServiceCaller, Depends(caller_with("human_agents:write"))]
HookId = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$", examples=["crm"])]


@router.get("")
def list_webhooks(_: Admin, ports: PortsDep) -> HookList:
    return HookList(items=[HookOut.of(hook) for hook in hooks.list_(ports)])


@router.get("/{webhook_id}")
def get_webhook(_: Admin, webhook_id: HookId, ports: PortsDep) -> HookOut:
    return HookOut.of(hooks.get(ports, webhook_id))


@router.put("/{webhook_id}", responses={201: {"model": StoredHookOut, "description": "New"}})
def put_webhook(
    _: Admin, webhook_id: HookId, body: HookIn, ports: PortsDep, response: Response
) -> StoredHookOut:
    stored = hooks.put(ports, webhook_id, url=body.url, events=body.events)
    response.status_code = 201 if stored.created else 200
    return StoredHookOut.stored(stored)


@router.delete("/{webhook_id}", status_code=204)
def delete_webhook(_: Admin, webhook_id: HookId, ports: PortsDep) -> None:
    hooks.delete(ports, webhook_id)
