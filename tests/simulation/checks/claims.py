"""One person wins, everybody else is told why not, a seat is worth a claim, and looking changes nothing."""

from collections.abc import Iterator
from math import inf

from lambda_api.escalations.errors import AlreadyClaimedError, EscalationEndedError, LinkExpiredError
from lambda_api.escalations.models import Escalation
from lambda_api.escalations.places import Seat
from tests.simulation.checks.facts import Facts
from tests.simulation.hub import Answer


def one_winner(facts: Facts) -> Iterator[str]:
    """I1: the claim's person and browser change by a release only."""
    for before, after in facts.pairs:
        if not _same_winner(before, after):
            yield f"I1 the claim went from one to another: {before.claim} {after.claim}"


def _same_winner(before: Escalation, after: Escalation) -> bool:
    if before.claim is None or after.claim is None:
        return True
    browser = before.claim.browser in (None, after.claim.browser)
    return browser and before.claim.human_agent_id == after.claim.human_agent_id


def losers_are_told(facts: Facts) -> Iterator[str]:
    """I1: who is refused is told of a claim, or of an end, that there was while they asked."""
    for answer, row_id in facts.claims:
        if isinstance(answer.error, AlreadyClaimedError) and not _was_claimed(facts, row_id, answer):
            yield f"I1 refused without a claim: {answer}"
        ended = isinstance(answer.error, EscalationEndedError)
        expired = isinstance(answer.error, LinkExpiredError)
        if ended and not expired and not _was_over(facts, row_id, answer):
            yield f"I1 refused without an end: {answer}"


def a_seat_is_a_claim(facts: Facts) -> Iterator[str]:
    """I9: whoever gets a seat has just written that it is theirs, and nobody else got the same name."""
    given: set[str] = set()
    for answer, _ in facts.claims:
        seat = answer.value
        if not isinstance(seat, Seat):
            continue
        if seat.identity in given:
            yield f"I9 a name was given out twice: {seat.identity}"
        given.add(seat.identity)
        if answer.process.about[1] != "guest" and not _wrote_it(facts, answer, seat):
            yield f"I9 a seat without a claim: {seat}"


def looking_changes_nothing(facts: Facts) -> Iterator[str]:
    """I10"""
    for answer in facts.answers["view"]:
        if answer.process.writes:
            yield f"I10 a look at a link wrote: {answer}"


def nobody_sits_after_the_end(facts: Facts) -> Iterator[str]:
    """I15: from the end on, the answer is 410."""
    for answer, row_id in facts.claims:
        if not isinstance(answer.value, Seat):
            continue
        if answer.process.began > facts.over.get(row_id, inf):
            yield f"I15 a seat after the end: {answer}"


def _was_claimed(facts: Facts, row_id: str, answer: Answer) -> bool:
    if not row_id:  # a guest's: the room has its own rules
        return True
    return any(
        row.id == row_id and began <= answer.ended and until >= answer.process.began
        for began, row, until in facts.holding
    )


def _was_over(facts: Facts, row_id: str, answer: Answer) -> bool:
    return not row_id or facts.over.get(row_id, inf) <= answer.ended


def _wrote_it(facts: Facts, answer: Answer, seat: Seat) -> bool:
    rows = (one.change.escalation for one in facts.history.commits if one.process is answer.process)
    return any(row.is_open and row.claim is not None and row.claim.identity == seat.identity for row in rows)


CHECKS = (one_winner, losers_are_told, a_seat_is_a_claim, looking_changes_nothing, nobody_sits_after_the_end)
