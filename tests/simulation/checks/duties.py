"""People are told in time, not too often, and told that they are not needed; deadlines are kept."""

from collections.abc import Iterator
from math import inf
from typing import TypeVar

from lambda_api.escalations import due
from lambda_api.escalations.models import Escalation, Status
from lambda_api.escalations.policy import Policy
from tests.simulation.checks.facts import Facts, seconds

TOLD = 6.0
CALLED_OFF = 8.0
DEADLINE = 4.0
ENDED = 5.0
POLICY = Policy()

Key = TypeVar("Key")


def everybody_on_duty_is_told(facts: Facts) -> Iterator[str]:
    """I2: within seconds, unless it is over before."""
    first, end = facts.first_sends, facts.history.ended
    for one in facts.history.commits:
        change = one.change
        if change.links and (change.expected is None or change.outbox):
            over = facts.over.get(change.escalation.id, inf)
            for link in change.links:
                told = first.get(link.code_hash, inf)
                if min(told, over) > one.at and facts.late(one.at, min(told, over, end), TOLD):
                    yield f"I2 {link.human_agent_id} was told at {told}, after {one.at}"


def what_is_accepted_is_there(facts: Facts) -> Iterator[str]:
    """I2, I13: what is accepted is stored, and the same key gives the same row."""
    by_key: dict[str, str] = {}
    for answer in facts.answers["open"]:
        if not answer.value:
            continue
        key, row_id = answer.process.about[0], answer.value.escalation.id
        if row_id not in facts.store.rows:
            yield f"I2 accepted and gone: {row_id}"
        if by_key.setdefault(key, row_id) != row_id:
            yield f"I13 one key, two rows: {key}"


def nobody_is_told_too_often(facts: Facts) -> Iterator[str]:
    """I20: once for each link where all went well, and a bounded number of times where not."""
    most = POLICY.sends if facts.history.faults else 1
    often = [(one.phone, one.text.rpartition("/j/")[2]) for one in facts.history.sends]
    for (phone, code), times in _times(often).items():
        if times > most and "No longer" not in code and "call back" not in code:
            yield f"I20 {phone} was told {times} times"
    by_person = [one.phone for one in facts.history.sends if one.text.startswith("A caller ")]
    for phone, times in _times(by_person).items():
        if times > len(facts.rows) * POLICY.rounds * most:
            yield f"I20 {phone} was told {times} times in all"


def who_was_told_is_called_off(facts: Facts) -> Iterator[str]:
    """I15: everybody whose text went out before the end."""
    for versions in facts.rows.values():
        last = versions[-1].change.escalation
        ended = next((one.at for one in versions if one.change.escalation.status is Status.CANCELLED), None)
        if ended is not None:
            yield from _not_called_off(facts, last, ended)


def deadlines_are_kept(facts: Facts) -> Iterator[str]:
    """I16: the next tier, the release, the end: each within seconds of its time."""
    end = facts.history.ended
    for began, row, until in facts.open:
        by = due.deadline(row, POLICY)
        if by is not None and facts.late(max(seconds(by), began), min(until, end), DEADLINE):
            yield f"I16 {row.status} with its time over at {seconds(by):.1f} stayed until {until:.1f}"


def the_caller_leaving_ends_it(facts: Facts) -> Iterator[str]:
    """I15: within five seconds, unless they are there again."""
    for gone, back in facts.departures:
        again = min(back.began if back else inf, facts.history.ended)
        for began, _, until in facts.open:
            away = max(gone.ended, began)
            if away < until and facts.late(away, min(until, again), ENDED + facts.untold):
                yield f"I15 the caller left at {gone.ended:.1f} and it stayed open until {until:.1f}"


def everything_ends(facts: Facts) -> Iterator[str]:
    """I17: when the caller is gone and minutes have passed, nothing is open and nothing waits to be sent."""
    for row in facts.store.rows.values():
        if row.is_open:
            yield f"I17 open for ever: {row.id} {row.status}"
    if facts.store.items:
        yield f"I17 never sent: {[*facts.store.items]}"


def _times(sent: list[Key]) -> dict[Key, int]:
    """How often each is among them: so few that a Counter takes longer."""
    return {one: sent.count(one) for one in sent}


def _not_called_off(facts: Facts, row: Escalation, ended: float) -> Iterator[str]:
    first, links = facts.first_sends, facts.store.links.values()
    told = {
        one.human_agent_id
        for one in links
        if one.escalation_id == row.id and first.get(one.code_hash, inf) < ended - TOLD
    }
    offs = [one for one in facts.history.sends if one.text.startswith("No longer needed") and one.at >= ended]
    for who in told.difference(row.declined):
        at = min((one.at for one in offs if one.phone.endswith(who[1:])), default=inf)
        if facts.late(ended, min(at, facts.history.ended), CALLED_OFF):
            yield f"I15 {who} was not called off after {ended:.1f}"


CHECKS = (
    everybody_on_duty_is_told,
    what_is_accepted_is_there,
    nobody_is_told_too_often,
    who_was_told_is_called_off,
    deadlines_are_kept,
    the_caller_leaving_ends_it,
    everything_ends,
)
