"""A row only goes forward, one version at a time; an event counts once, and for its own session alone."""

from collections.abc import Iterator

from lambda_api.escalations.errors import IdempotencyMismatchError, UnavailableError
from lambda_api.escalations.models import OPEN_STATUSES, Escalation, Status
from tests.simulation.checks.facts import Facts

_FINAL = (Status.COMPLETED, Status.HANDED_BACK, Status.CANCELLED, Status.UNANSWERED, Status.FAILED)
_NEXT = {
    Status.REQUESTED: {Status.NOTIFIED, Status.CLAIMED, Status.CANCELLED, Status.UNANSWERED},
    Status.NOTIFIED: {Status.CLAIMED, Status.CANCELLED, Status.UNANSWERED},
    Status.CLAIMED: {Status.NOTIFIED, Status.CONNECTED, Status.CANCELLED, Status.UNANSWERED},
    Status.CONNECTED: {Status.COMPLETED, Status.HANDED_BACK},
}


def rows_go_forward(facts: Facts) -> Iterator[str]:
    """I7"""
    for before, after in facts.pairs:
        if before.status is not after.status and after.status not in _NEXT.get(before.status, ()):
            yield f"I7 from {before.status} to {after.status}"
        next_one = before.version + 1 == after.version and before.epoch == after.epoch
        if not next_one or not _longer(before, after):
            yield f"I7 a version was not the next: {before.version} {after.version}"


def a_room_has_one_open_row(facts: Facts) -> Iterator[str]:
    """I7: and each is a new epoch."""
    open_rows: set[str] = set()
    epoch = 0
    for one in facts.history.commits:
        row = one.change.escalation
        (open_rows.add if row.status in OPEN_STATUSES else open_rows.discard)(row.id)
        if len(open_rows) > 1:
            yield f"I7 two open rows: {sorted(open_rows)}"
        if one.change.expected is None:
            if row.epoch != epoch + 1:
                yield f"I7 epoch {row.epoch} after {epoch}"
            epoch = row.epoch


def an_event_counts_once(facts: Facts) -> Iterator[str]:
    """I8: and is answered by 2xx or 5xx."""
    counted = [one.change.event_id for one in facts.history.commits if one.change.event_id]
    for event_id in {*counted}:
        if counted.count(event_id) > 1:
            yield f"I8 {event_id} counted {counted.count(event_id)} times"
    for answer in facts.answers["webhook"]:
        if answer.error and not isinstance(answer.error, UnavailableError):
            yield f"I8 a genuine event was refused: {answer}"


def an_event_is_about_its_own_session(facts: Facts) -> Iterator[str]:
    """I7: a late one changes no newer connection, and no newer call."""
    for one in facts.history.commits:
        event = facts.events.get(one.change.event_id)
        row = one.change.escalation
        if event and row.room_sid not in ("", event.room_sid):
            yield f"I7 {event.id} of {event.room_sid} changed a row of {row.room_sid}"


def another_body_is_refused(facts: Facts) -> Iterator[str]:
    """I13: 422, once the first was stored."""
    stored: dict[str, object] = {}
    for answer in facts.answers["open"]:
        key, request = answer.process.about
        if answer.value and stored.setdefault(key, request) != request:
            yield f"I13 two bodies under {key}"
        refused = isinstance(answer.error, IdempotencyMismatchError)
        if refused and stored.get(key) == request:
            yield f"I13 refused with its own body: {key}"


def what_ended_stays_so(facts: Facts) -> Iterator[str]:
    """I7: also what people say afterwards changes neither the end nor its reason."""
    for versions in facts.rows.values():
        rows = [one.change.escalation for one in versions]
        ends = [(row.status, row.end_reason, row.ended_at) for row in rows if row.status in _FINAL]
        if ends and ends.count(ends[0]) < len(ends):
            yield f"I7 ended twice: {ends}"


def _longer(before: Escalation, after: Escalation) -> bool:
    return after.timeline[:-1] == before.timeline


CHECKS = (
    rows_go_forward,
    a_room_has_one_open_row,
    an_event_counts_once,
    an_event_is_about_its_own_session,
    another_body_is_refused,
    what_ended_stays_so,
)
