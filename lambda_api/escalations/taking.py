"""The rule of a claim on a row: first press wins, the same person's same browser may come back."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from lambda_api.escalations import effects, ending, saving, transitions
from lambda_api.escalations.errors import (
    AlreadyClaimedError,
    EscalationEndedError,
    LinkExpiredError,
    TooManyClaimsError,
)
from lambda_api.escalations.models import Claim, Escalation
from lambda_api.escalations.names import human_identity
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change, Grant, Link


class Taker(Struct, frozen=True, kw_only=True):
    """Who presses; without an identity each press gets a new one."""

    human_agent_id: str
    name: str
    browser: str | None
    valid_until: datetime
    identity: str = ""

    @classmethod
    def by_link(cls, link: Link, browser: str) -> "Taker":
        return cls(
            human_agent_id=link.human_agent_id, name=link.name, browser=browser, valid_until=link.valid_until
        )

    @classmethod
    def by_grant(cls, grant: Grant) -> "Taker":
        return cls(
            human_agent_id=grant.human_agent_id,
            name=grant.name,
            browser=grant.browser,
            valid_until=grant.valid_until,
            identity=grant.identity,
        )


def take(ports: Ports, which: str | Escalation, taker: Taker, *, cause: str) -> Escalation:
    """Claim the row for the taker, or raise why not."""
    saved = saving.save(ports, which, _rule(taker, cause, most=ports.policy.returns))
    row = saved.escalation
    if saved.changed and row.timeline[-1].change == "claimed":
        effects.nudge(ports, row, "claimed")
        effects.look_later(ports, row, ports.policy.claim_seconds)
    return row


def _rule(taker: Taker, cause: str, *, most: int) -> Callable[[Escalation, datetime], Change | None]:
    def decide(row: Escalation, at: datetime) -> Change | None:
        check_open(row)
        if row.claim is None:
            return saving.after(row, _claim(row, taker, at=at, cause=cause))
        return _back(row, row.claim, taker, at, most=most)

    return decide


def check_open(row: Escalation) -> None:
    if not row.is_open:
        raise EscalationEndedError(ending.words(row), reason=row.end_reason)


def _claim(row: Escalation, taker: Taker, *, at: datetime, cause: str) -> Escalation:
    if taker.valid_until <= at:
        raise LinkExpiredError
    claim = Claim(
        identity=taker.identity or human_identity(taker.human_agent_id),
        human_agent_id=taker.human_agent_id,
        name=taker.name,
        browser=taker.browser,
        claimed_at=at,
        number=row.claims + 1,
    )
    return transitions.claimed(row, claim, cause=cause)


def _back(row: Escalation, claim: Claim, taker: Taker, at: datetime, *, most: int) -> Change | None:
    """An identity that the claim already holds changes nothing; another one becomes its current one."""
    same_person = claim.human_agent_id == taker.human_agent_id
    if not same_person or claim.browser not in (None, taker.browser):
        raise AlreadyClaimedError(who=claim.name, since=claim.claimed_at)
    if taker.identity and claim.holds(taker.identity):
        return None
    if _returns(row, claim) >= most:
        raise TooManyClaimsError
    identity = taker.identity or human_identity(taker.human_agent_id)
    return saving.after(
        row, transitions.came_back(row, claim, at=at, identity=identity, browser=taker.browser)
    )


def _returns(row: Escalation, claim: Claim) -> int:
    """Of this claim: whoever takes the call after it was released starts anew."""
    return sum(entry.change == "came_back" and entry.at >= claim.claimed_at for entry in row.timeline)
