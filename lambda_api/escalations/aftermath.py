"""What follows a repair whose write is done: the worker is nudged, somebody is removed, a look is queued."""

import logging
from functools import partial, singledispatch

from lambda_api.escalations import agents, effects, ending, recalling, steps
from lambda_api.escalations.models import Escalation, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.repairs import SOON

logger = logging.getLogger(__name__)


@singledispatch
def follow(_step: steps.Written, _ports: Ports, _row: Escalation) -> None:
    """Most need nothing more."""


@follow.register
def _(_step: steps.CallerGone, ports: Ports, row: Escalation) -> None:
    ending.follow(ports, row)


@follow.register
def _(_step: steps.HumanGone, ports: Ports, row: Escalation) -> None:
    if row.dropped_at:
        effects.look_later(ports, row, ports.policy.return_seconds)


@follow.register
def _(_step: steps.HumanLost, ports: Ports, row: Escalation) -> None:
    recalling.see_to_agent(ports, row)


@follow.register
def _(_step: steps.HumanThere, ports: Ports, row: Escalation) -> None:
    effects.nudge(ports, row, "human_there")
    effects.look_later(ports, row, ports.policy.unheard_look_seconds)


@follow.register
def _(_step: steps.HumanHeard, ports: Ports, row: Escalation) -> None:
    effects.nudge(ports, row, "human_heard")
    effects.look_later(ports, row, SOON)


@follow.register
def _(step: steps.Release, ports: Ports, row: Escalation) -> None:
    """Who is there but was never heard must not come on later, when somebody else has the call."""
    effects.nudge(ports, row, "released")
    if step.claim.there_at:
        for identity in (step.claim.identity, *step.claim.earlier):
            effects.attempt(partial(ports.rooms.remove, row.room, identity), row, "remove_human")
    if not row.is_open:
        agents.look_after(ports, row)


@follow.register
def _(_step: steps.NextTier, ports: Ports, row: Escalation) -> None:
    if row.status is Status.UNANSWERED:
        logger.error("nobody answered an escalation", extra={"escalation_id": row.id})
        effects.nudge(ports, row, "unanswered")
        agents.look_after(ports, row)


@follow.register
def _(_step: steps.DismissAgent, ports: Ports, row: Escalation) -> None:
    effects.attempt(lambda: ports.rooms.dismiss_agent(row.room), row, "dismiss_agent")
    effects.look_later(ports, row, ports.policy.exit_look_seconds)


def see_to(ports: Ports, row: Escalation, step: steps.Unwritten) -> None:
    """What the row says already, or whoever gets to do it writes."""
    if isinstance(step, steps.AgentLost):
        effects.attempt(lambda: agents.look(ports, row.room), row, "call_agent")
    elif isinstance(step, steps.RemoveAvatar):
        effects.attempt(lambda: ports.rooms.remove(row.room, step.avatar.identity), row, "remove_avatar")
    else:
        effects.count(ports, "ai_stayed", row)
        effects.attempt(lambda: ports.rooms.remove(row.room, step.agent.identity), row, "remove_agent")
    if not awaits_exit(row):  # or this very look comes again
        effects.look_later(ports, row, ports.policy.exit_look_seconds)


def awaits_exit(row: Escalation) -> bool:
    """A human is there and the agent may still be: nobody tells us of an unmute, so we look."""
    there = row.claim is not None and row.claim.there_at is not None
    return there and row.ai_left_at is None
