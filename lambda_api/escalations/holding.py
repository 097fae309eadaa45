"""Whose a link is: the row that it is about, and whether this browser holds the row's seat."""

from lambda_api.escalations import saving
from lambda_api.escalations.errors import AlreadyClaimedError, SeatNotHeldError, UnknownLinkError
from lambda_api.escalations.models import Claim, Escalation, LinkKind
from lambda_api.escalations.names import hashed
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Link


def link_of(ports: Ports, code: str) -> Link:
    link = ports.store.link(hashed(code))
    if link is None:
        raise UnknownLinkError
    return link


def claim_link(ports: Ports, code: str) -> Link:
    """The link of somebody who was told; a seat's has nothing to answer to."""
    link = link_of(ports, code)
    if link.kind is not LinkKind.CLAIM:
        raise UnknownLinkError
    return link


def row_of(ports: Ports, link: Link) -> Escalation:
    """A seat's row is the latest of its room."""
    if link.kind is LinkKind.CLAIM:
        row = ports.store.escalation(link.escalation_id)
    else:
        row = saving.current(ports, link.room)
    if row is None:
        raise UnknownLinkError
    return row


def holds(claim: Claim, link: Link, browser: str) -> bool:
    """The person of this link, at the browser that took the call."""
    return claim.human_agent_id == link.human_agent_id and claim.browser == browser


def is_held(claim: Claim, link: Link, browser: str) -> bool:
    return (claim.human_agent_id, claim.browser) == (link.human_agent_id, browser)


def check(claim: Claim, link: Link, browser: str) -> None:
    if claim.human_agent_id != link.human_agent_id:
        raise AlreadyClaimedError(who=claim.name, since=claim.claimed_at)
    if claim.browser != browser:
        raise SeatNotHeldError
