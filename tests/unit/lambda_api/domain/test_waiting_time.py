"""The usual waiting time is that of the callers who were answered lately, or nothing."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from lambda_api.escalations import waiting_time
from lambda_api.escalations.models import Escalation, Reason
from tests.unit.lambda_api.domain.fakes import World


def answered(world: World, row: Escalation, *after_s: float, reason: Reason = Reason.CALLER_REQUEST) -> None:
    """Calls like this one, in which a person could be heard so long after they were asked for."""
    assert row.claim
    for number, seconds in enumerate(after_s):
        heard = row.created_at + timedelta(seconds=seconds)
        another = replace(
            row, id=f"esc_{reason}_{number}", reason=reason, claim=replace(row.claim, heard_at=heard)
        )
        world.store.rows[another.id] = another


def test_it_is_the_median_of_those_who_were_answered(world: World, claimed: Escalation) -> None:
    answered(world, claimed, 30, 40, 200)
    answered(world, claimed, 1, 1, 1, 1, reason=Reason.DIRECT_JOIN)

    assert waiting_time.lately(world.ports) == waiting_time.WaitingTime(usual_s=40.0, answered=3)


def test_few_answers_say_nothing(world: World, claimed: Escalation) -> None:
    answered(world, claimed, 30, 40)

    assert waiting_time.lately(world.ports) == waiting_time.WaitingTime(usual_s=None, answered=2)


@pytest.mark.parametrize("hours", [25, 200])
def test_what_was_long_ago_does_not_count(world: World, claimed: Escalation, hours: int) -> None:
    answered(world, claimed, 30, 40, 200)
    world.clock.advance(hours * 3600)

    assert waiting_time.lately(world.ports).answered == 0


def test_it_is_told_to_a_tenth_of_a_second(world: World, claimed: Escalation) -> None:
    answered(world, claimed, 30.26, 30.26, 30.26)

    assert waiting_time.lately(world.ports).usual_s == 30.3
