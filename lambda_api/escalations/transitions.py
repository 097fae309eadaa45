"""The pure transitions of an escalation: each bumps the version and writes exactly one timeline entry."""

from datetime import datetime
from typing import Any

from msgspec.structs import replace

from lambda_api.escalations.models import Callback, Claim, Disposition, Entry, Escalation, Eta, Status, Told

EARLIER = 20  # identities of a claim that are still recognised


def notified(row: Escalation, *, at: datetime) -> Escalation:
    entry = Entry(at=at, actor="notifier", change="notified", cause="published")
    return _next(row, entry, status=Status.NOTIFIED)


def told(
    row: Escalation, *, at: datetime, people: tuple[Told, ...], answer_by: datetime, cause: str
) -> Escalation:
    entry = Entry(at=at, actor="timer", change="told", cause=cause, reason=f"tier_{people[0].tier}")
    tier, number = people[0].tier, people[0].round
    return _next(row, entry, told=row.told + people, tier=tier, round=number, answer_by=answer_by, eta=None)


def eta(row: Escalation, given: Eta, *, answer_by: datetime) -> Escalation:
    entry = Entry(
        at=given.at,
        actor=f"human_agent:{given.human_agent_id}",
        change="eta",
        cause="link",
        reason=f"minutes_{given.minutes}",
    )
    others = _without(row.declined, given.human_agent_id)
    return _next(row, entry, eta=given, answer_by=answer_by, declined=others)


def declined(row: Escalation, human_agent_id: str, *, at: datetime) -> Escalation:
    """Whoever was on their way and declines is on their way no longer."""
    entry = Entry(at=at, actor=f"human_agent:{human_agent_id}", change="declined", cause="link")
    coming = row.eta if row.eta and row.eta.human_agent_id != human_agent_id else None
    return _next(row, entry, declined=(*row.declined, human_agent_id), eta=coming)


def claimed(row: Escalation, claim: Claim, *, cause: str) -> Escalation:
    entry = Entry(at=claim.claimed_at, actor=_human(claim), change="claimed", cause=cause)
    others = _without(row.declined, claim.human_agent_id)
    return _next(row, entry, status=Status.CLAIMED, claim=claim, claims=claim.number, declined=others)


def came_back(
    row: Escalation, claim: Claim, *, at: datetime, identity: str, browser: str | None
) -> Escalation:
    earlier = (*claim.earlier, claim.identity)[-EARLIER:]
    number = row.claims + 1
    back = replace(claim, identity=identity, browser=browser, earlier=earlier, number=number)
    entry = Entry(at=at, actor=_human(claim), change="came_back", cause="link")
    return _next(row, entry, claim=back, claims=number)


def there(row: Escalation, claim: Claim, *, at: datetime, cause: str) -> Escalation:
    """The claim comes with the participant's sid and the time of joining already in it."""
    entry = Entry(at=at, actor=_human(claim), change="human_there", cause=cause)
    return _next(row, entry, claim=claim, dropped_at=None)


def heard(row: Escalation, claim: Claim, *, at: datetime, cause: str, dismiss_at: datetime) -> Escalation:
    audible = replace(claim, there_at=claim.there_at or at, heard_at=at)
    entry = Entry(at=at, actor=_human(claim), change="connected", cause=cause, reason="human_heard")
    return _next(row, entry, status=Status.CONNECTED, claim=audible, dismiss_at=dismiss_at, ai_left_at=None)


def away(row: Escalation, claim: Claim, *, at: datetime, cause: str, reason: str) -> Escalation:
    """The human left before anybody could hear them: the claim stays until its time is over."""
    gone = replace(claim, there_at=None, sid="", joined_at=None)
    entry = Entry(at=at, actor=_human(claim), change="human_away", cause=cause, reason=reason)
    return _next(row, entry, claim=gone)


def dropped(row: Escalation, claim: Claim, *, at: datetime, cause: str, reason: str) -> Escalation:
    """The connection that was lost stays known, so that its late events bring nobody back."""
    entry = Entry(at=at, actor=_human(claim), change="human_dropped", cause=cause, reason=reason)
    return _next(row, entry, claim=replace(claim, there_at=None), dropped_at=at)


def released(
    row: Escalation, *, at: datetime, reason: str, people: tuple[Told, ...], answer_by: datetime
) -> Escalation:
    entry = Entry(at=at, actor="timer", change="released", cause="claim_deadline", reason=reason)
    more: dict[str, Any] = {"told": row.told + people, "round": row.round + 1, "answer_by": answer_by}
    return _next(row, entry, status=Status.NOTIFIED, claim=None, eta=None, **more)


def ai_left(row: Escalation, *, at: datetime, actor: str, cause: str) -> Escalation:
    entry = Entry(at=at, actor=actor, change="ai_left", cause=cause)
    return _next(row, entry, ai_left_at=at)


def dismissed(row: Escalation, *, at: datetime) -> Escalation:
    entry = Entry(at=at, actor="timer", change="ai_dismissed", cause="look", reason="agent_still_there")
    return _next(row, entry, dismissed_at=at)


def recalled(row: Escalation, *, at: datetime, cause: str, reason: str) -> Escalation:
    entry = Entry(at=at, actor="timer", change="ai_recalled", cause=cause, reason=reason)
    return _next(row, entry, recalled_at=at)


def ended(
    row: Escalation, status: Status, *, at: datetime, actor: str, cause: str, reason: str
) -> Escalation:
    entry = Entry(at=at, actor=actor, change=status.value, cause=cause, reason=reason)
    return _next(row, entry, status=status, ended_at=at, end_reason=reason)


def completed(
    row: Escalation, disposition: Disposition, *, at: datetime, actor: str, reason: str
) -> Escalation:
    new = ended(row, Status.COMPLETED, at=at, actor=actor, cause="link", reason=reason)
    return replace(new, disposition=disposition)


def disposed(row: Escalation, disposition: Disposition, *, at: datetime, actor: str) -> Escalation:
    """What became of a call that was over already."""
    entry = Entry(at=at, actor=actor, change="disposed", cause="link", reason=disposition.value)
    return _next(row, entry, disposition=disposition)


def callback(row: Escalation, asked: Callback, *, at: datetime, actor: str, change: str) -> Escalation:
    return _next(row, Entry(at=at, actor=actor, change=change, cause="api"), callback=asked)


def erased(row: Escalation, *, at: datetime, actor: str) -> Escalation:
    entry = Entry(at=at, actor=actor, change="personal_data_erased", cause="api")
    return _next(row, entry, erased_at=at)


def _next(row: Escalation, entry: Entry, **changes: Any) -> Escalation:
    return replace(row, version=row.version + 1, timeline=(*row.timeline, entry), **changes)


def _without(declined: tuple[str, ...], human_agent_id: str) -> tuple[str, ...]:
    """Whoever declined may think better of it."""
    return tuple(one for one in declined if one != human_agent_id)


def _human(claim: Claim) -> str:
    return f"human_agent:{claim.human_agent_id}"
