"""Named API keys over HTTP: list, make and revoke them."""

import logging
from typing import Annotated

from fastapi import APIRouter, Depends, Path

from lambda_api.auth import api_keys
from lambda_api.auth.service_caller import ServiceCaller
from lambda_api.routes.wired import WiringDep, caller_with
from lambda_api.schemas.api_keys import ApiKeyIn, ApiKeyList, ApiKeyOut, MadeApiKeyOut

router = APIRouter(prefix="/v1/api-keys", tags=["API keys"])
Admin = Annotated[ServiceCaller, Depends(caller_with("api_keys:write"))]
KeyName = Annotated[str, Path(pattern=rf"^{api_keys.NAME}$", examples=["crm"])]

log = logging.getLogger(__name__)


@router.get("")
def list_api_keys(_: Admin, wiring: WiringDep) -> ApiKeyList:
    return ApiKeyList(items=[ApiKeyOut.of(key) for key in wiring.api_keys.all()])


@router.post("", status_code=201)
def make_api_key(caller: Admin, body: ApiKeyIn, wiring: WiringDep) -> MadeApiKeyOut:
    made, plain = api_keys.make(
        wiring.api_keys, name=body.name, scopes=frozenset(body.scopes), by=caller, now=wiring.ports.clock()
    )
    log.info("an API key was made", extra={"key_name": made.name, "by": caller.name})
    return MadeApiKeyOut(**ApiKeyOut.of(made).model_dump(), key=plain)


@router.delete("/{name}", status_code=204)
def revoke_api_key(caller: Admin, name: KeyName, wiring: WiringDep) -> None:
    wiring.api_keys.revoke(name)
    log.info("an API key was revoked", extra={"key_name": name, "by": caller.name})
