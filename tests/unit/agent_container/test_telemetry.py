"""A collector on a real socket gets a call's figures, and nothing that anybody said, is called or dials."""

import asyncio
import json
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace

import pytest
from livekit.agents import AgentSession
from livekit.agents.telemetry import otel_metrics
from opentelemetry import metrics
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Status
from opentelemetry.sdk.resources import Resource

from agent_container.agent import HandoffAgent
from agent_container.spans import TOOL, Spans
from agent_container.telemetry import Telemetry
from agent_container.tracing import Asked, span_id, trace_id, traceparent
from agent_container.transfer import Call, Transfer
from tests.unit.agent_container.collector import Collector, collecting
from tests.unit.agent_container.fakes import FakeApi, ScriptedLLM, calls, says

CALL = Call(
    room="call-+4915112345678",
    room_sid="RM_SECRET",
    caller_identity="sip_+4915112345678",
    agent_identity="agent-1",
)
SUMMARY = "Erika Mustermann wants her refund."
ASK = calls("transfer_to_human_agent", json.dumps({"reason": "caller_request", "summary": SUMMARY}))
ASKED = Asked(parent=traceparent("RM_SECRET:sip_+4915112345678"), began_ns=1, ended_ns=3)
NOBODYS_BUSINESS = (
    "Mustermann",
    "refund",
    "4915112345678",
    "RM_SECRET",
    "sip_",
    "asked a",
    "room_id",
)


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    with collecting() as server:
        yield server


@pytest.fixture(scope="module")
def told(collector: Collector) -> Iterator[Collector]:
    telemetry = Telemetry(endpoint=collector.address, stage="laptop")
    asyncio.run(call(telemetry))
    yield collector
    telemetry.close()


async def call(telemetry: Telemetry) -> None:
    """A call in which a name, a number and a wish are spoken, told to the collector at its end."""
    at_the_end: list[Callable[[], Coroutine[None, None, None]]] = []
    agent = HandoffAgent(transfer=Transfer(api=FakeApi(), call=CALL), announce=lambda _: None)
    model = ScriptedLLM(ASK, says("I have asked a colleague, Mrs Mustermann."))
    async with AgentSession[None](llm=model, vad=None, turn_handling={"turn_detection": None}) as session:
        tell = telemetry.follow(session, at_the_end=at_the_end.append)
        tell(ASKED)
        await session.start(agent)
        await session.run(user_input="Mustermann, +4915112345678, I want a person for my refund.")
        otel_metrics.flush_turn_metrics(session.history)
        meter = metrics.get_meter("livekit-agents")
        meter.create_counter("lk.agents.usage.test").add(
            3, {"room_id": CALL.room_sid, "participant": CALL.caller_identity, "model_name": "gpt-4o"}
        )
        for callback in at_the_end:
            await callback()


def test_the_report_counts_turns_and_names_tools(told: Collector) -> None:
    [span] = told.spans("call")

    attributes = {one.key: one.value for one in span.attributes}
    assert attributes["handoff.turns.caller"].int_value == 1
    assert attributes["handoff.turns.agent"].int_value == 2
    assert attributes["handoff.tools.failed"].int_value == 0
    assert [one.string_value for one in attributes["handoff.tools"].array_value.values] == [
        "transfer_to_human_agent"
    ]
    assert span.end_time_unix_nano >= span.start_time_unix_nano


def test_a_request_for_a_person_has_the_span_that_the_api_was_named(told: Collector) -> None:
    [span] = told.spans(TOOL)
    [call] = told.spans("call")

    assert (span.trace_id.hex(), span.span_id.hex()) == (trace_id(ASKED.parent), span_id(ASKED.parent))
    assert (span.parent_span_id, span.start_time_unix_nano, span.end_time_unix_nano) == (b"", 1, 3)
    assert [(link.trace_id, link.span_id) for link in call.links] == [(span.trace_id, span.span_id)]
    assert span.trace_id != call.trace_id


def test_a_request_that_failed_says_how_once_nobody_waits_for_it(collector: Collector) -> None:
    spans = Spans(address=f"{collector.address}/v1/traces", resource=Resource({}), timeout=3)
    failed = replace(ASKED, parent=traceparent("RM_OTHER"), failure="ApiUnreachableError")

    spans.asked(failed)
    at_once = list(_failures(collector))
    spans.close()

    assert (at_once, list(_failures(collector))) == ([], ["ApiUnreachableError"])


def _failures(collector: Collector) -> Iterator[str]:
    for span in collector.spans(TOOL):
        if span.status.code == Status.STATUS_CODE_ERROR:
            yield from (one.value.string_value for one in span.attributes if one.key == "error.type")


def test_latencies_and_usage_come_as_livekit_names_them(told: Collector) -> None:
    named = {
        metric.name
        for body in told.bodies["/v1/metrics"]
        for scope in ExportMetricsServiceRequest.FromString(body).resource_metrics[0].scope_metrics
        for metric in scope.metrics
    }

    assert {"lk.agents.turn.llm_ttft", "lk.agents.usage.test"} <= named


@pytest.mark.parametrize("secret", NOBODYS_BUSINESS)
def test_nothing_of_what_was_said_goes_out(told: Collector, secret: str) -> None:
    assert b"gpt-4o" in told.everything()
    assert secret.encode() not in told.everything()
