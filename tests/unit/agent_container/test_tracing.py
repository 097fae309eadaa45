"""The ids of a request for a person, and what is told of how it went."""

import re
import time

import pytest

from agent_container.errors import ApiUnreachableError
from agent_container.tracing import Asked, span_id, timed, trace_id, traceparent

PARENT = traceparent("RM_1:after:start")


def test_each_attempt_is_a_span_of_its_own_in_the_same_trace() -> None:
    again = traceparent("RM_1:after:start")

    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", PARENT)
    assert trace_id(again) == trace_id(PARENT) != trace_id(traceparent("RM_2:after:start"))
    assert span_id(again) != span_id(PARENT)


def test_what_went_well_is_told_with_its_time() -> None:
    told: list[Asked] = []
    before = time.time_ns()

    with timed(PARENT, told.append):
        within = time.time_ns()

    [asked] = told
    assert before <= asked.began_ns <= within <= asked.ended_ns <= time.time_ns()
    assert (asked.parent, asked.failure) == (PARENT, "")


def test_what_failed_is_told_by_its_kind_alone_and_fails_all_the_same() -> None:
    told: list[Asked] = []

    with pytest.raises(ApiUnreachableError), timed(PARENT, told.append):
        raise ApiUnreachableError("sip_+4915112345678")

    assert [asked.failure for asked in told] == ["ApiUnreachableError"]
