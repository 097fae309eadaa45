"""The pure half of a look: what is due for a row, given the clock and what the room shows."""

from datetime import datetime, timedelta
from typing import Final

from lambda_api.escalations import steps
from lambda_api.escalations.calling import AGAIN
from lambda_api.escalations.models import Claim, Escalation, Status
from lambda_api.escalations.policy import Policy
from lambda_api.escalations.watching import Sight

REMOVE_AFTER: Final = timedelta(seconds=2)  # a dismissed agent needs a moment to leave by itself


def next_step(row: Escalation, now: datetime, sight: Sight | None, policy: Policy) -> steps.Step | None:
    """The first thing that is due; the rest is for the next question."""
    if not row.is_open:
        return None
    seen = _by_sight(row, now, sight, policy) if sight else None
    return seen or _by_clock(row, now, policy) or (_left_over(row, now, sight) if sight else None)


def deadline(row: Escalation, policy: Policy) -> datetime | None:
    """When the clock alone makes something due."""
    if row.dropped_at:
        return row.dropped_at + timedelta(seconds=policy.return_seconds)
    if row.status is Status.CLAIMED and row.claim:
        return _claim_deadline(row, row.claim, policy)
    return row.answer_by if row.status in (Status.REQUESTED, Status.NOTIFIED) else None


def _claim_deadline(row: Escalation, claim: Claim, policy: Policy) -> datetime:
    """Whoever says after the claim that they need a moment, gets it."""
    until = claim.claimed_at + timedelta(seconds=policy.claim_seconds)
    eta = row.eta if row.eta and row.eta.human_agent_id == claim.human_agent_id else None
    return max(until, eta.until) if eta and eta.at >= claim.claimed_at else until


def _by_sight(row: Escalation, now: datetime, sight: Sight, policy: Policy) -> steps.Step | None:
    if sight.caller(row) is None:
        return steps.CallerGone()
    if row.claim is None:
        return None
    human = _about_human(row, row.claim, now, sight, policy)
    return human or (_about_agent(row, row.claim, now, sight) if row.status is Status.CONNECTED else None)


def _about_human(
    row: Escalation, claim: Claim, now: datetime, sight: Sight, policy: Policy
) -> steps.Step | None:
    holder = sight.holder(claim)
    if holder is None:
        return _missing(row, claim, now, sight, policy)
    if holder.sid != claim.sid or row.dropped_at:
        return steps.HumanThere(claim, holder)
    return steps.HumanHeard(claim) if holder.audio_heard and row.status is Status.CLAIMED else None


def _missing(row: Escalation, claim: Claim, now: datetime, sight: Sight, policy: Policy) -> steps.Step | None:
    if row.dropped_at:
        return steps.HumanLost() if now >= row.dropped_at + timedelta(seconds=policy.return_seconds) else None
    return steps.HumanGone(claim) if _was_in(row, claim) and not sight.has(claim.sid) else None


def _was_in(row: Escalation, claim: Claim) -> bool:
    """Seen by us, or heard by the agent alone when no webhook came."""
    return bool(claim.sid) or row.status is Status.CONNECTED


def _about_agent(row: Escalation, claim: Claim, now: datetime, sight: Sight) -> steps.Step | None:
    agent = sight.agent()
    if agent is None:
        return None if row.ai_left_at else _agent_gone(row, now, sight)
    if (row.dismiss_at and now < row.dismiss_at) or not _is_heard(claim, sight):
        return None  # while the human is missing or has muted the agent is all that the caller has
    if row.dismissed_at is None:
        return steps.DismissAgent()
    return steps.RemoveAgent(agent) if now >= row.dismissed_at + REMOVE_AFTER else None


def _agent_gone(row: Escalation, now: datetime, sight: Sight) -> steps.Step | None:
    """It has made room for the human; beside one who is mute it may have died while it helped on."""
    if row.dropped_at:
        return None  # how the human comes back, or does not, tells
    lost = row.agent_identity and not sight.human_heard()
    return _agent_lost(row, now) if lost else steps.AgentLeft()


def _is_heard(claim: Claim, sight: Sight) -> bool:
    holder = sight.holder(claim)
    return holder is not None and holder.audio_heard


def _by_clock(row: Escalation, now: datetime, policy: Policy) -> steps.Step | None:
    until = deadline(row, policy)
    if row.status is Status.CONNECTED or until is None or now < until:
        return None
    return steps.Release(row.claim) if row.claim else steps.NextTier()


def _left_over(row: Escalation, now: datetime, sight: Sight) -> steps.Step | None:
    avatars = sight.left_behind()
    return _without_agent(row, now, sight) or (steps.RemoveAvatar(avatars[0]) if avatars else None)


def _without_agent(row: Escalation, now: datetime, sight: Sight) -> steps.Step | None:
    """Only where an agent was: a caller whom another system put on hold is none of ours to talk to."""
    if row.status is Status.CONNECTED or not row.agent_identity or sight.agent() or sight.human_heard():
        return None
    return _agent_lost(row, now)


def _agent_lost(row: Escalation, now: datetime) -> steps.Step | None:
    called = row.recalled_at is not None and now < row.recalled_at + AGAIN
    return None if called else steps.AgentLost()
