"""Opening an escalation: one transaction stores it with everything that must not be forgotten."""

from dataclasses import dataclass, field
from datetime import datetime

from lambda_api.escalations.models import Escalation, Reason
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    room: str
    caller_identity: str
    reason: Reason
    room_sid: str = ""
    agent_identity: str = ""
    team: str | None = None
    language: str | None = None
    words: Words = field(default_factory=Words)
    tool_called_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    escalation: Escalation
    created: bool


def open_escalation(ports: Ports, request: Request, *, key_name: str, idempotency_key: str) -> Opened:
    raise NotImplementedError
