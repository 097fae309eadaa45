"""The AI is there while no person is, leaves soon after one can be heard, and never for nobody."""

from collections.abc import Iterator
from math import inf

from tests.simulation.checks.facts import Facts, Stay, seconds
from tests.simulation.history import Ordered
from tests.simulation.livekit import CALLER

LEAVES = 5.0
LEAVES_WEDGED = 18.0
COMES_BACK = 22.0  # ten seconds for the person who dropped, some for looking, some for the new one to come


def the_agent_leaves(facts: Facts) -> Iterator[str]:
    """I5: by its own ears, by our nudge, or dismissed."""
    for agent in facts.agents:
        for human in facts.humans:
            began = max(agent.began, human.heard)
            if not facts.holds(human, began):
                continue
            until = min(agent.ended, agent.died, human.ended, _held_until(facts, human))
            if until > began and facts.late(began, until, _bound(facts)):
                yield f"I5 {agent.identity} beside {human.identity} from {began:.1f} to {until:.1f}"


def nobody_dismisses_the_agent_for_nothing(facts: Facts) -> Iterator[str]:
    """I6: unless somebody who holds the claim was there when the room was seen, or since."""
    for order in facts.history.orders:
        agent = order.what == "dismiss" or order.whom.startswith("agent-")
        if agent and not _is_dead(facts, order) and not _somebody(facts, order):
            yield f"I6 {order}"


def nobody_is_called_beside_a_person(facts: Facts) -> Iterator[str]:
    """I12: not while one who holds the claim could be heard all the time from the sight to the order."""
    for order in facts.history.orders:
        if order.what != "dispatch":
            continue
        for human in facts.humans:
            there = human.heard <= order.since and human.ended > order.at
            if there and facts.holds(human, order.since) and facts.holds(human, order.at):
                yield f"I12 {order} beside {human}"


def the_caller_is_not_alone(facts: Facts) -> Iterator[str]:
    """I14: as far as LiveKit knows, and anybody who tells us, or a row that is looked at."""
    company = [one for one in facts.stays.values() if one.identity != CALLER]  # as they came
    end = _end(facts)
    for caller in facts.callers:
        for began, until in _gaps(caller, company):
            late = facts.late(began, min(until, end), COMES_BACK + facts.untold)
            if late and (not facts.disturbed or facts.watched(began)):
                yield f"I14 the caller was alone from {began:.1f} to {until:.1f}"


def who_drops_has_time_to_come_back(facts: Facts) -> Iterator[str]:
    """I14: ten seconds, and no agent before."""
    for versions in facts.rows.values():
        row = versions[-1].change.escalation
        if row.end_reason == "human_dropped":
            lost = [entry.at for entry in row.timeline if entry.change == "human_dropped"]
            given_up = [entry.at for entry in row.timeline if entry.change == "handed_back"]
            if seconds(given_up[-1]) < seconds(lost[-1]) + 10:
                yield f"I14 not waited for: {row.timeline}"


def _bound(facts: Facts) -> float:
    wedged = facts.script.agent_is_wedged or facts.script.agent_is_deaf
    return LEAVES_WEDGED + facts.untold if wedged and facts.untold else LEAVES + 1


def _held_until(facts: Facts, human: Stay) -> float:
    """The end of the last version of a row in which they hold the claim."""
    ends = [until for _, row, until in facts.holding if row.claim and row.claim.holds(human.identity)]
    return max(ends, default=0)


def _is_dead(facts: Facts, order: Ordered) -> bool:
    return any(one.identity == order.whom and one.died <= order.at for one in facts.agents)


def _somebody(facts: Facts, order: Ordered) -> bool:
    people = (one for one in facts.humans if one.began <= order.at and one.ended >= order.since)
    return any(facts.holds(one, order.since) or facts.holds(one, order.at) for one in people)


def _gaps(caller: Stay, company: list[Stay]) -> Iterator[tuple[float, float]]:
    covered = caller.began
    for one in company:
        if one.began > covered:
            yield covered, min(one.began, caller.ended)
        covered = max(covered, one.ended)
        if covered >= caller.ended:
            return
    yield covered, caller.ended


def _end(facts: Facts) -> float:
    """What happened after the last move is not judged."""
    return facts.history.moves[-1].at if facts.history.moves else inf


CHECKS = (
    the_agent_leaves,
    nobody_dismisses_the_agent_for_nothing,
    nobody_is_called_beside_a_person,
    the_caller_is_not_alone,
    who_drops_has_time_to_come_back,
)
