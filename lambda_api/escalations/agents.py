"""An agent that is gone while the caller is not: another one is called, unless a person has the call."""

from datetime import timedelta
from functools import partial
from typing import Final

from lambda_api.escalations import calling, effects, saving
from lambda_api.escalations.models import Escalation, Reason, Status
from lambda_api.escalations.names import of_room
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.rooms import Participant
from lambda_api.escalations.watching import Sight, seated_caller, see

AGAIN_S: Final = 5
_WATCHED: Final = timedelta(seconds=AGAIN_S - 0.5)


def lost(ports: Ports, room: str, agent_identity: str, cause: str, *, sid: str = "") -> bool:
    """Whether another agent was called; `sid` is the connection that ended, where that is known."""
    return lost_beside(ports, room, saving.current(ports, room), agent_identity, cause, sid=sid)


def lost_beside(
    ports: Ports, room: str, row: Escalation | None, agent_identity: str, cause: str, *, sid: str = ""
) -> bool:
    """The row was read first: a human who is heard from then on is either in it or in the list."""
    sight = Sight(people=ports.rooms.participants(room) or ())
    caller = _abandoned(ports, room, row, sight)
    if caller is None:
        return False
    dead = [one for one in sight.agents() if one.identity == agent_identity and sid in ("", one.sid)]
    for one in (*dead, *sight.left_behind(dead=[one.identity for one in dead])):
        ports.rooms.remove(room, one.identity)
    return len(dead) == len(sight.agents()) and _call(
        ports, room, row, caller, reason=cause, lost=agent_identity
    )


def look(ports: Ports, room: str) -> None:
    """Again and again for as long as the caller is alone; a room's open row has its own looks."""
    row, sight = saving.current(ports, room), see(ports, room)
    if sight is None:
        return look_later(ports, room)
    caller = _abandoned(ports, room, row, sight)
    if caller is None or sight.agent():
        return ports.store.unwatch_room(room)
    _call(ports, room, row, caller, reason="missing")
    for avatar in sight.left_behind():
        effects.attempt(partial(ports.rooms.remove, room, avatar.identity), row, "remove_avatar")
    return None


def look_later(ports: Ports, room: str) -> None:
    """A call whose caller has nobody a few seconds from now, or at a sweep after it, gets an agent then."""
    now = ports.clock()
    if ports.store.watch_room(room, now=now, until=now + _WATCHED):
        later = partial(ports.timers.look_later, of_room(room), delay_s=AGAIN_S, chain=False)
        effects.attempt(later, None, "look_later")


def look_after(ports: Ports, row: Escalation) -> None:
    """Nobody looks at a row that has ended: whoever it leaves behind with no agent gets one all the same."""
    if not row.had_company:
        return
    uncalled = row.reason is Reason.DIRECT_JOIN
    if row.status is Status.COMPLETED or uncalled:
        # The agent made room for a person, who may have gone unseen.
        effects.attempt(partial(look, ports, row.room), row, "call_agent")
    effects.attempt(partial(look_later, ports, row.room), row, "look_after")


def _abandoned(ports: Ports, room: str, row: Escalation | None, sight: Sight) -> Participant | None:
    """The caller, where no person has the call."""
    caller = caller_in(ports, room, row, sight)
    return None if is_in_good_hands(row, sight) else caller


def _call(
    ports: Ports, room: str, row: Escalation | None, caller: Participant, *, reason: str, lost: str = ""
) -> bool:
    called = calling.call(
        ports, room, row, caller=caller.identity, cause="agent_lost", reason=reason, lost=lost
    )
    look_later(ports, room)
    return called


def caller_in(ports: Ports, room: str, row: Escalation | None, sight: Sight) -> Participant | None:
    """The row's; once that row is over, whoever calls in its room now."""
    known = sight.caller(row) if row else None
    if known or (row and row.is_open):
        return known
    return sight.someone(seated_caller(ports, room)) or sight.someone("")


def is_in_good_hands(row: Escalation | None, sight: Sight) -> bool:
    """A person's; where an agent made room for one, the row's own looks see whether they are still there."""
    stays = row is not None and not row.is_open and row.status is not Status.HANDED_BACK
    return has_made_room(row) or sight.human_heard() or (stays and sight.human_there())


def has_made_room(row: Escalation | None) -> bool:
    """By its own word, or seen to be gone beside a human who was heard."""
    if row is None or row.status is not Status.CONNECTED:
        return False
    return row.ai_left_at is not None or not row.agent_identity
