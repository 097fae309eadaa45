"""After a human has left a caller behind: the agent comes back, and a look makes sure that it did."""

from datetime import timedelta
from functools import partial
from typing import Final

from lambda_api.escalations import agents, calling, effects, ending, saving
from lambda_api.escalations.models import Escalation
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.watching import Sight, see

_LEFT_ALONE: Final = (ending.HUMAN_LEFT, ending.HUMAN_DROPPED, ending.HUMAN_COMPLETED, ending.HANDED_BACK)


def see_to_agent(ports: Ports, row: Escalation) -> None:
    """Do nothing for a row that is open, ended otherwise, or ended long ago."""
    if row.end_reason not in _LEFT_ALONE or row.ended_at is None:
        return
    if (ports.clock() - row.ended_at).total_seconds() > ports.policy.recall_seconds:
        return
    sight = see(ports, row.room)
    if sight and _is_over(row, sight):
        effects.attempt(partial(ports.store.unwatch_room, row.room), row, "unwatch_room")
        return
    if sight:
        _attend(ports, row, sight)
    effects.look_later(ports, row, ports.policy.exit_look_seconds)
    # The sweep passes over a row that has ended, but not over its room: there the look may get lost.
    effects.attempt(partial(agents.look_later, ports, row.room), row, "watch_room")


def _is_over(row: Escalation, sight: Sight) -> bool:
    """The caller has gone; or the agent that was called has come, and who called it has gone."""
    return sight.caller(row) is None or (_has_come(row, sight) and not _lingering(row, sight))


def _attend(ports: Ports, row: Escalation, sight: Sight) -> None:
    lingering = _lingering(row, sight)
    if sight.agent() is None and (lingering or not sight.human_there()):
        _call(ports, row, sight)
    if lingering and (_is_back(row, sight) or _is_late(ports, row)):
        for identity in lingering:
            effects.attempt(partial(ports.rooms.remove, row.room, identity), row, "remove_human")


def _has_come(row: Escalation, sight: Sight) -> bool:
    """One that was called and came before the end may be on its way out."""
    agent, ended = sight.agent(), row.ended_at
    if agent is None or ended is None:
        return False
    return any(at is not None and at >= ended for at in (row.recalled_at, agent.joined_at))


def _is_back(row: Escalation, sight: Sight) -> bool:
    """And can be heard: between an agent's coming and its voice the caller would have nobody."""
    agent = sight.agent()
    return agent is not None and agent.audio_heard and _has_come(row, sight)


def _is_late(ports: Ports, row: Escalation) -> bool:
    until = timedelta(seconds=ports.policy.hand_back_seconds)
    return row.ended_at is not None and ports.clock() >= row.ended_at + until


def _lingering(row: Escalation, sight: Sight) -> list[str]:
    """A person who handed the call back keeps the caller company until the agent can be heard."""
    if row.end_reason != ending.HANDED_BACK or row.claim is None:
        return []
    return [one.identity for one in sight.people if row.claim.holds(one.identity)]


def _call(ports: Ports, row: Escalation, sight: Sight) -> None:
    caller = sight.caller(row)
    if caller is None or saving.open_in(ports, row.room):
        return  # a newer request in this call: its own looks see to it
    calling.call(ports, row.room, row, caller=caller.identity, cause="caller_alone", reason=row.end_reason)
