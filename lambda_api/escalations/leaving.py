"""The agent has left, or the caller no longer wants a human."""

from lambda_api.escalations.models import Escalation
from lambda_api.escalations.ports import Ports


def ai_left(
    ports: Ports, escalation_id: str, *, agent_identity: str, human_identity: str | None, cause: str
) -> Escalation:
    raise NotImplementedError


def cancel(ports: Ports, escalation_id: str, *, cause: str, actor: str) -> Escalation:
    raise NotImplementedError
