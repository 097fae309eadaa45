"""A person gives the call back to the AI, or another system does so for them."""

from datetime import datetime

from lambda_api.escalations import ending, holding, noting, reading, recalling, saving, transitions
from lambda_api.escalations.errors import EscalationEndedError, EscalationError, NotConnectedError
from lambda_api.escalations.models import Escalation, Status
from lambda_api.escalations.names import hashed
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change, Link


def hand_back(
    ports: Ports,
    *,
    code: str | None = None,
    escalation_id: str | None = None,
    browser: str = "",
    actor: str = "",
    note: str = "",
) -> Escalation:
    """By the link of the person who has the call, or by the row's id; again is no other."""
    link = holding.link_of(ports, code) if code else None
    row = holding.row_of(ports, link) if link else reading.get(ports, escalation_id or "")

    def decide(fresh: Escalation, at: datetime) -> Change | None:
        who = holder(fresh, link, hashed(browser)) if link else actor
        if fresh.status is Status.HANDED_BACK:
            return None
        check_connected(fresh)
        new = transitions.ended(
            fresh,
            Status.HANDED_BACK,
            at=at,
            actor=who,
            cause="link" if link else "api",
            reason=ending.HANDED_BACK,
        )
        return saving.after(fresh, new, words=noting.with_note(ports, fresh, note))

    saved = saving.save(ports, row, decide)
    if saved.changed:
        recalling.see_to_agent(ports, saved.escalation)
    return saved.escalation


def holder(row: Escalation, link: Link, browser: str) -> str:
    """The actor, if they hold the seat; after the end a stranger reads why there is none."""
    claim = row.claim
    if claim is None or not (row.is_open or holding.is_held(claim, link, browser)):
        raise _refusal(row)
    holding.check(claim, link, browser)
    return f"human_agent:{claim.human_agent_id}"


def check_connected(row: Escalation) -> None:
    if row.status is not Status.CONNECTED:
        raise _refusal(row)


def _refusal(row: Escalation) -> EscalationError:
    if row.is_open:
        return NotConnectedError()
    return EscalationEndedError(ending.words(row), reason=row.end_reason)
