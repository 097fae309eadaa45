"""Join URLs for other systems."""

from typing import Annotated

from fastapi import APIRouter, Depends

from lambda_api.auth.service_caller import ServiceCaller
from lambda_api.escalations import seating
from lambda_api.routes.joining import token_for
from lambda_api.routes.wired import WiringDep, caller_with
from lambda_api.schemas.join_urls import JoinUrlIn, JoinUrlOut

router = APIRouter(prefix="/v1/join-urls", tags=["join URLs"])
Writer = Annotated[ServiceCaller, Depends(caller_with("join_urls:write"))]


@router.post("", status_code=201)
def create_join_url(_: Writer, body: JoinUrlIn, wiring: WiringDep) -> JoinUrlOut:
    seat = seating.create_seat(
        wiring.ports, body.room, role=body.role, name=body.name, identity=body.identity
    )
    return JoinUrlOut.of(seat, token_for(seat, wiring), public_url=wiring.settings.public_url)
