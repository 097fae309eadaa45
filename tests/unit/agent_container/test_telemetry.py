"""A collector on a real socket gets a call's figures, and nothing that anybody said, is called or dials."""

import asyncio
import json
import threading
from collections.abc import Callable, Coroutine, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from livekit.agents import AgentSession
from livekit.agents.telemetry import otel_metrics
from opentelemetry import metrics
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from agent_container.agent import HandoffAgent
from agent_container.telemetry import Telemetry
from agent_container.transfer import Call, Transfer
from tests.unit.agent_container.fakes import FakeApi, ScriptedLLM, calls, says

CALL = Call(
    room="call-+4915112345678",
    room_sid="RM_SECRET",
    caller_identity="sip_+4915112345678",
    agent_identity="agent-1",
)
SUMMARY = "Erika Mustermann wants her refund."
ASK = calls("transfer_to_human_agent", json.dumps({"reason": "caller_request", "summary": SUMMARY}))
NOBODYS_BUSINESS = (
    "Mustermann",
    "refund",
    "4915112345678",
    "RM_SECRET",
    "sip_",
    "asked a",
    "room_id",
)


class Collector(HTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.bodies: dict[str, list[bytes]] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def everything(self) -> bytes:
        return b"".join(body for bodies in self.bodies.values() for body in bodies)


class Taking(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.setdefault(self.path, []).append(body)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    server = Collector()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


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
        telemetry.follow(session, at_the_end=at_the_end.append)
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
    [body] = told.bodies["/v1/traces"]
    [span] = ExportTraceServiceRequest.FromString(body).resource_spans[0].scope_spans[0].spans

    attributes = {one.key: one.value for one in span.attributes}
    assert attributes["handoff.turns.caller"].int_value == 1
    assert attributes["handoff.turns.agent"].int_value == 2
    assert attributes["handoff.tools.failed"].int_value == 0
    assert [one.string_value for one in attributes["handoff.tools"].array_value.values] == [
        "transfer_to_human_agent"
    ]
    assert span.end_time_unix_nano >= span.start_time_unix_nano


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
