"""After a human has left a caller behind: the agent comes back, once, and a look makes sure that it did."""

from datetime import timedelta
from typing import Final

from lambda_api.escalations import effects, ending, saving, transitions
from lambda_api.escalations.errors import ConflictError
from lambda_api.escalations.models import HUMAN_PREFIX, Escalation
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.watching import Sight, see

_LEFT_ALONE: Final = (ending.HUMAN_LEFT, ending.HUMAN_DROPPED)
_AGAIN: Final = timedelta(seconds=10)  # an agent that was called is given this long to come


def see_to_agent(ports: Ports, row: Escalation) -> None:
    """Do nothing for a row that is open, ended otherwise, or ended long ago."""
    if row.end_reason not in _LEFT_ALONE or row.ended_at is None:
        return
    if ports.clock() > row.ended_at + timedelta(seconds=ports.policy.recall_seconds):
        return
    sight = see(ports, row.room)
    if sight and _is_over(row, sight):
        return
    if sight and _alone(sight):
        _call(ports, row, sight)
    effects.look_later(ports, row, ports.policy.exit_look_seconds)


def _is_over(row: Escalation, sight: Sight) -> bool:
    """The caller has gone, or the agent that was called has come."""
    came = row.recalled_at is not None and sight.agent() is not None
    return came or sight.caller(row) is None


def _alone(sight: Sight) -> bool:
    human = any(one.identity.startswith(HUMAN_PREFIX) and one.active for one in sight.people)
    return not human and sight.agent() is None


def _call(ports: Ports, row: Escalation, sight: Sight) -> None:
    now, caller = ports.clock(), sight.caller(row)
    if caller is None or (row.recalled_at and now < row.recalled_at + _AGAIN):
        return
    if saving.open_in(ports, row.room):
        return  # a newer request in this call: its own looks see to it
    try:
        ports.store.commit(saving.after(row, transitions.recalled(row, at=now, cause="caller_alone")))
    except ConflictError:
        return  # somebody else is calling it
    metadata: dict[str, object] = {
        "caller_identity": caller.identity,
        "escalation_id": row.id,
        "resume": True,
        "human_name": row.claim.name if row.claim else "",
    }
    effects.attempt(lambda: ports.rooms.dispatch_agent(row.room, metadata), row, "dispatch_agent")
