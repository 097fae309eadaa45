"""What somebody who was told answers without taking the call: on my way, in some minutes, or not me."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from lambda_api.escalations import effects, holding, looking, reading, saving, taking, transitions
from lambda_api.escalations.errors import AlreadyClaimedError, LinkExpiredError
from lambda_api.escalations.models import Escalation, Eta, Status
from lambda_api.escalations.names import hashed
from lambda_api.escalations.policy import Policy
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change, Link


def eta(ports: Ports, code: str, minutes: int, browser: str) -> Escalation:
    """Let the ladder wait for this person; the row's `eta` is what stands."""
    link = holding.claim_link(ports, code)

    def decide(row: Escalation, at: datetime) -> Change | None:
        _check_may_come(row, link, hashed(browser), at)
        given = _eta(ports.policy, link, minutes, at)
        return None if _is_known(ports.policy, row, given) else _with_eta(row, given, link)

    saved = saving.save(ports, link.escalation_id, decide)
    if saved.changed:
        effects.nudge(ports, saved.escalation, "eta", name=link.name, minutes=minutes)
    return saved.escalation


def decline(ports: Ports, code: str) -> Escalation:
    """Skip this person; when that leaves nobody of their tier, the next one's turn is now."""
    link = holding.claim_link(ports, code)
    saved = saving.save(ports, link.escalation_id, lambda row, at: _declined(ports.policy, row, link, at))
    row = saved.escalation
    if not saved.changed:
        return row
    effects.attempt(lambda: looking.look(ports, row.id, chain=False), row, "look")
    now = reading.get(ports, row.id)
    # Who was the last to be asked leaves nobody of whom the caller could be told that they are.
    if now.is_open:
        effects.nudge(ports, now, "declined", name=link.name)
    return now


def _check_may_come(row: Escalation, link: Link, browser: str, at: datetime) -> None:
    taking.check_open(row)
    if row.claim:
        holding.check(row.claim, link, browser)
    elif link.valid_until <= at:
        raise LinkExpiredError


def _eta(policy: Policy, link: Link, minutes: int, at: datetime) -> Eta:
    until = at + timedelta(seconds=minutes * policy.minute_seconds + policy.eta_grace_seconds)
    return Eta(human_agent_id=link.human_agent_id, name=link.name, minutes=minutes, at=at, until=until)


def _is_known(policy: Policy, row: Escalation, given: Eta) -> bool:
    """Said already, or of no use: somebody who can be heard is not on their way."""
    often = sum(entry.change == "eta" for entry in row.timeline) >= policy.etas
    return often or row.status is Status.CONNECTED or _is_same(row.eta, given)


def _is_same(before: Eta | None, given: Eta) -> bool:
    if before is None or given.at >= before.until:
        return False
    return (before.human_agent_id, before.minutes) == (given.human_agent_id, given.minutes)


def _with_eta(row: Escalation, given: Eta, link: Link) -> Change:
    """The link lives at least as long as its person is waited for."""
    mine = row.eta is not None and row.eta.human_agent_id == given.human_agent_id
    until = given.until if mine or row.answer_by is None else max(given.until, row.answer_by)
    longer = replace(link, valid_until=max(link.valid_until, given.until))
    return saving.after(row, transitions.eta(row, given, answer_by=until), links=(longer,))


def _declined(policy: Policy, row: Escalation, link: Link, at: datetime) -> Change | None:
    taking.check_open(row)
    who = link.human_agent_id
    if row.claim and row.claim.human_agent_id == who:
        raise AlreadyClaimedError(who=row.claim.name, since=row.claim.claimed_at)
    if who in row.declined or row.status is Status.CONNECTED:
        return None
    new = transitions.declined(row, who, at=at)
    return saving.after(row, replace(new, answer_by=_answer_by(policy, row, new, at)))


def _answer_by(policy: Policy, row: Escalation, new: Escalation, at: datetime) -> datetime | None:
    """Now, when nobody is left to wait for; a full turn more for those who waited for this one."""
    left = {one.human_agent_id for one in new.told if one.tier == new.tier} - set(new.declined)
    if not left and new.eta is None:
        return at
    return at + timedelta(seconds=policy.answer_seconds) if new.eta != row.eta else row.answer_by
