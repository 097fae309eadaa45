"""The no-answer ladder: the next tier's turn, the end of the last one's, and a claim that came to nothing."""

from datetime import datetime

from lambda_api.escalations import duty, ending, saving, telling, transitions
from lambda_api.escalations.models import Claim, Escalation, HumanAgent, Reason, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change


def next_tier(ports: Ports, row: Escalation, at: datetime) -> Change:
    people = duty.tier_of(_able(ports, row, at), above=row.tier)
    if not people:
        return saving.after(row, _unanswered(row, at))
    tier = telling.make_round(ports, row, people, number=row.round + 1, at=at)
    new = transitions.told(row, at=at, people=tier.told, answer_by=tier.answer_by, cause="answer_deadline")
    return saving.after(row, new, links=tier.links, outbox=tier.outbox)


def release(ports: Ports, row: Escalation, claim: Claim, at: datetime) -> Change:
    """Everybody told so far is told again, a few times; who came uncalled has nobody to be replaced by."""
    reason = "not_heard_in_time" if claim.there_at else "not_there_in_time"
    if row.reason is Reason.DIRECT_JOIN:
        return ending.end(row, at, actor="timer", cause="claim_deadline", reason=reason)
    able = _able(ports, row, at) if row.round < ports.policy.rounds else ()
    people = tuple(one for one in able if one.tier <= row.tier)
    again = telling.make_round(ports, row, people, number=row.round + 1, at=at)
    new = transitions.released(row, at=at, reason=reason, people=again.told, answer_by=again.answer_by)
    return saving.after(row, new, links=again.links, outbox=again.outbox)


def _able(ports: Ports, row: Escalation, at: datetime) -> tuple[HumanAgent, ...]:
    people = duty.on_duty(ports.store.people(), at, row.team, row.language)
    return tuple(one for one in people if one.id not in row.declined)


def _unanswered(row: Escalation, at: datetime) -> Escalation:
    return transitions.ended(
        row,
        Status.UNANSWERED,
        at=at,
        actor="timer",
        cause="answer_deadline",
        reason=ending.NOBODY_ANSWERED,
    )
