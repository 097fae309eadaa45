"""Reading escalations and rooms; nothing here changes anything."""

from dataclasses import dataclass

from lambda_api.escalations.models import Escalation, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanInRoom:
    identity: str
    name: str
    escalation_id: str | None
    there: bool
    heard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    room: str
    escalation: Escalation | None
    human_agents: tuple[HumanInRoom, ...]


def get(ports: Ports, escalation_id: str) -> Escalation:
    raise NotImplementedError


def list_(ports: Ports, *, status: Status | None, limit: int, cursor: str | None) -> Page:
    raise NotImplementedError


def room_view(ports: Ports, room: str) -> RoomView:
    raise NotImplementedError
