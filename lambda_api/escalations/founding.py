"""The first write of a row: with people to tell, without any, or with a person already in the room."""

import logging
from typing import Final

from msgspec.structs import replace

from lambda_api.escalations import duty, ending, telling
from lambda_api.escalations.models import Claim, Entry, Escalation, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change, Idempotency, Words

logger = logging.getLogger(__name__)

FIRST: Final = Status.REQUESTED


def found(
    ports: Ports,
    draft: Escalation,
    *,
    words: Words,
    record: Idempotency,
    replaces: str,
    actor: str,
) -> Change:
    able = duty.on_duty(ports.store.people(), draft.created_at, draft.team, draft.language)
    people = duty.tier_of(able, above=0)
    first = Entry(
        at=draft.created_at, actor=actor, change="requested", cause="api", reason=draft.reason.value
    )
    change = Change(
        escalation=replace(draft, timeline=(first,)),
        expected=None,
        words=words,
        idempotency=record,
        replaces=replaces,
    )
    if not people:
        return replace(change, escalation=_unanswered(change.escalation, actor))
    tier = telling.make_round(ports, draft, people, number=1, at=draft.created_at)
    row = replace(change.escalation, tier=people[0].tier, round=1, told=tier.told, answer_by=tier.answer_by)
    return replace(change, escalation=row, links=tier.links, outbox=tier.outbox)


def found_claimed(draft: Escalation, claim: Claim, *, replaces: str) -> Change:
    """A person with a seat joined without having been called."""
    entry = Entry(
        at=draft.created_at,
        actor=f"human_agent:{claim.human_agent_id}",
        change="claimed",
        cause="direct_join",
        reason=draft.reason.value,
    )
    row = replace(draft, status=Status.CLAIMED, claim=claim, claims=claim.number, timeline=(entry,))
    return Change(escalation=row, expected=None, replaces=replaces)


def _unanswered(row: Escalation, actor: str) -> Escalation:
    logger.error("nobody is on duty for an escalation", extra={"escalation_id": row.id})
    entry = Entry(
        at=row.created_at,
        actor=actor,
        change=Status.UNANSWERED.value,
        cause="roster",
        reason=ending.NOBODY_ON_DUTY,
    )
    return replace(
        row,
        status=Status.UNANSWERED,
        ended_at=row.created_at,
        end_reason=ending.NOBODY_ON_DUTY,
        timeline=(entry,),
    )
