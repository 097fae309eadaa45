"""Taking a call by its link: looking has no effect, the first press wins, the winner may come back."""

from lambda_api.escalations import holding, pressing, taking
from lambda_api.escalations.errors import LinkExpiredError, UnknownEscalationError
from lambda_api.escalations.models import LinkKind, Role
from lambda_api.escalations.names import hashed
from lambda_api.escalations.places import Seat, View, claimed_seat
from lambda_api.escalations.ports import Ports

__all__ = ["Seat", "View", "claim", "view"]


def view(ports: Ports, code: str) -> View:
    """Raise UnknownLinkError, LinkExpiredError or EscalationEndedError; change nothing."""
    link = holding.link_of(ports, code)
    if link.kind is LinkKind.SEAT:
        return pressing.view(ports, link)
    row = holding.row_of(ports, link)
    taking.check_open(row)
    if row.claim is None and link.valid_until <= ports.clock():
        raise LinkExpiredError
    return View(
        kind=link.kind,
        role=Role.HUMAN_AGENT,
        room=row.room,
        name=link.name,
        escalation_id=row.id,
        reason=row.reason,
        team=row.team,
        language=row.language,
        status=row.status,
        waiting_since=row.created_at,
        taken_by=row.claim.name if row.claim else None,
        taken_at=row.claim.claimed_at if row.claim else None,
        eta=row.eta,
        declined=link.human_agent_id in row.declined,
    )


def claim(ports: Ports, code: str, browser: str) -> Seat:
    """Take the seat for this browser (its cookie's value), or raise AlreadyClaimedError and view's errors."""
    link = holding.link_of(ports, code)
    if link.kind is LinkKind.SEAT:
        return pressing.press(ports, link, hashed(browser))
    row = taking.take(ports, link.escalation_id, taking.Taker.by_link(link, hashed(browser)), cause="link")
    if row.claim is None:  # a claim that was just written is there
        raise UnknownEscalationError
    return claimed_seat(row, row.claim, valid_until=link.valid_until)
