"""A room over HTTP, for the worker to read before it speaks in it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from lambda_api.auth.service_keys import ServiceCaller
from lambda_api.escalations import reading
from lambda_api.routes.wired import PortsDep, caller_with
from lambda_api.schemas.fields import Room
from lambda_api.schemas.rooms import RoomOut

router = APIRouter(prefix="/v1/rooms", tags=["rooms"])
Reader = Annotated[ServiceCaller, Depends(caller_with("escalations:read"))]


# A LiveKit room's name may hold a slash.
@router.get("/{room:path}")
def get_room(_: Reader, room: Annotated[Room, Path()], ports: PortsDep) -> RoomOut:
    return RoomOut.of(reading.room_view(ports, room))
