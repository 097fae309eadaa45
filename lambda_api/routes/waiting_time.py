"""How long a caller usually waits for a person, for an AI that is asked."""

from typing import Annotated

from fastapi import APIRouter, Depends

from lambda_api.auth.service_caller import ServiceCaller
from lambda_api.escalations import waiting_time
from lambda_api.routes.wired import PortsDep, caller_with
from lambda_api.schemas.waiting_time import WaitingTimeOut

router = APIRouter(prefix="/v1/waiting-time", tags=["escalations"])
Reader = Annotated[ServiceCaller, Depends(caller_with("escalations:read"))]


@router.get("")
def get_waiting_time(_: Reader, ports: PortsDep) -> WaitingTimeOut:
    """Of the last 24 hours; nothing when too few callers were answered to say."""
    return WaitingTimeOut.of(waiting_time.lately(ports))
