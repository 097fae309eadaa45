"""The agent has left, or the caller no longer wants a human."""

from datetime import datetime, timedelta

from lambda_api.escalations import effects, ending, saving, transitions
from lambda_api.escalations.models import Escalation, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change


def ai_left(
    ports: Ports, escalation_id: str, *, agent_identity: str, human_identity: str | None, cause: str
) -> Escalation:
    """Idempotent; the agent's own word also says that it heard the human, if the row does not know yet."""
    known = saving.save(ports, escalation_id, lambda row, at: _heard(ports, row, human_identity, at))
    if known.changed:
        # No webhook told of them in time, nor would one that came before tell that they have left again.
        effects.look_later(ports, known.escalation, ports.policy.exit_look_seconds)

    def decide(row: Escalation, at: datetime) -> Change | None:
        if row.ai_left_at:
            return None
        return saving.after(row, transitions.ai_left(row, at=at, actor=agent_identity, cause=cause))

    return saving.save(ports, known.escalation, decide).escalation


def cancel(ports: Ports, escalation_id: str, *, cause: str, actor: str) -> Escalation:
    """Idempotent: an escalation that has ended keeps its first reason."""
    row = saving.save(ports, escalation_id, lambda _row, _at: None).escalation
    return ending.close(ports, row, actor=actor, cause="api", reason=cause)


def _heard(ports: Ports, row: Escalation, human_identity: str | None, at: datetime) -> Change | None:
    claim = row.claim
    if row.status is not Status.CLAIMED or claim is None or not claim.holds(human_identity or ""):
        return None
    until = at + timedelta(seconds=ports.policy.farewell_seconds)
    return saving.after(row, transitions.heard(row, claim, at=at, cause="agent", dismiss_at=until))
