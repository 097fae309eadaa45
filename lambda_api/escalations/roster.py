"""The people who can be called in."""

from dataclasses import dataclass

from lambda_api.escalations.models import HumanAgent
from lambda_api.escalations.ports import Ports


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    human_agent: HumanAgent
    created: bool


def put(ports: Ports, person: HumanAgent) -> Stored:
    """Store a person (their email_status and subscription are ours to set) or raise BadHoursError."""
    raise NotImplementedError


def get(ports: Ports, human_agent_id: str) -> HumanAgent:
    raise NotImplementedError


def delete(ports: Ports, human_agent_id: str) -> None:
    """Idempotent."""
    raise NotImplementedError


def list_(ports: Ports) -> tuple[HumanAgent, ...]:
    raise NotImplementedError
