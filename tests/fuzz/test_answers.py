"""The API answers whatever it is asked as its description says, and never with an error of ours."""

from copy import deepcopy

import pytest
from schemathesis import GenerationMode

from tests.fuzz import world
from tests.fuzz.answers import APP, MODES, WAYS, Answers, ask, operations


@pytest.mark.parametrize("mode", MODES)
def test_every_answer_is_one_that_the_description_tells_of(mode: GenerationMode) -> None:
    total = Answers()

    for operation in operations(APP.openapi()):
        total.add(ask(operation, mode, cases=3, start=1))

    assert not total.wrong
    assert total.asked > 50
    assert total.ways.keys() == WAYS.keys()


def test_an_answer_that_is_not_described_is_found() -> None:
    description = deepcopy(APP.openapi())
    del description["paths"]["/v1/escalations/{escalation_id}"]["get"]["responses"]["default"]
    operation = next(
        one for one in operations(description) if one.label == "GET /v1/escalations/{escalation_id}"
    )

    assert ask(operation, GenerationMode.POSITIVE, cases=5, start=1).wrong


def test_what_is_known_of_a_call_is_known_at_each_of_its_steps() -> None:
    calls = [world.new(step) for step in world.STEPS]

    rows = [around.world.store.rows[known.paths["escalation_id"]] for around, known in calls]

    assert [row.status for row in rows] == ["notified", "claimed", "claimed", "connected", "completed"]
