"""Taking a call by its link: looking has no effect, the first press wins, the winner may come back."""

from lambda_api.escalations import ending, holding, pressing, taking
from lambda_api.escalations.errors import LinkExpiredError, UnknownEscalationError
from lambda_api.escalations.models import Escalation, LinkKind, Role
from lambda_api.escalations.names import hashed
from lambda_api.escalations.places import Ended, Seat, View, claimed_seat
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Link

__all__ = ["Ended", "Seat", "View", "claim", "view"]


def view(ports: Ports, code: str, browser: str = "") -> View:
    """Also of a call that is over; raise UnknownLinkError; change nothing."""
    link = holding.link_of(ports, code)
    if link.kind is LinkKind.SEAT:
        return pressing.view(ports, link, hashed(browser))
    row = holding.row_of(ports, link)
    claim = row.claim
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
        taken_by=claim.name if claim else None,
        taken_at=claim.claimed_at if claim else None,
        eta=row.eta,
        declined=link.human_agent_id in row.declined,
        yours=claim is not None and holding.holds(claim, link, hashed(browser)),
        ended=_ended(ports, row, link),
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


def _ended(ports: Ports, row: Escalation, link: Link) -> Ended | None:
    if not row.is_open:
        return Ended(words=ending.words(row), reason=row.end_reason, at=row.ended_at, status=row.status)
    if row.claim is None and link.valid_until <= ports.clock():
        late = LinkExpiredError()
        return Ended(words=late.words, reason=late.reason, at=link.valid_until, status=row.status)
    return None
