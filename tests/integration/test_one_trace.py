"""From the AI's tool call to the text that a person gets, now and by a later look: one trace, one tree."""

import asyncio
import json
import socket
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from livekit.agents import AgentSession
from opentelemetry.sdk.resources import Resource

from agent_container.agent import HandoffAgent
from agent_container.escalation_client import EscalationClient
from agent_container.spans import TOOL, Spans
from agent_container.transfer import Call, Transfer
from lambda_api.adapters.dynamodb import DynamoStore
from lambda_api.adapters.sns import SnsNotifier
from lambda_api.adapters.sqs import SqsTimers
from lambda_api.app.factory import create_app
from lambda_api.doors import timers as timers_door
from lambda_api.escalations.models import HumanAgent
from tests.contract.served import served
from tests.integration.deployed import environment, forget
from tests.integration.embedded_aws import Aws
from tests.unit.agent_container.collector import collecting
from tests.unit.agent_container.fakes import ScriptedLLM, calls, says
from tests.unit.lambda_api.http.surroundings import ADMIN_KEY

SUMMARY = "Erika Mustermann wants her refund."
ASK = calls(TOOL, json.dumps({"reason": "caller_request", "summary": SUMMARY}))


@pytest.fixture
def phone(store: DynamoStore) -> str:
    number = f"+1500555{uuid4().int % 10_000:04d}"
    store.put_person(HumanAgent(id="maria", name="Maria", phone=number))
    return number


@pytest.fixture
def daemon() -> Iterator[socket.socket]:
    """Stands for X-Ray's, which Lambda runs beside each function."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.bind(("127.0.0.1", 0))
        wire.settimeout(10)
        yield wire


@pytest.fixture
def api(
    aws: Aws,
    store: DynamoStore,
    notifier: SnsNotifier,
    timers: SqsTimers,
    daemon: socket.socket,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[str]:
    """The app as the door has it, wired to AWS by the environment of a deployed function."""
    told = environment(
        aws,
        table=store.table_name,
        topic=notifier.topic_arn,
        queue=timers.queue_url,
        admin=aws.secret(ADMIN_KEY),
    )
    told["AWS_XRAY_DAEMON_ADDRESS"] = f"127.0.0.1:{daemon.getsockname()[1]}"
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    forget()
    with served(create_app()) as url:
        yield url
    forget()


async def a_call(api: str, spans: Spans) -> str:
    """The AI asks for a person with its tool, and the caller changes their mind; gives the request's id."""
    call = Call(room="r", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-1")
    model = ScriptedLLM(ASK, says("I have asked a colleague."))
    async with (
        AgentSession[None](llm=model, vad=None, turn_handling={"turn_detection": None}) as session,
        EscalationClient(base_url=api, key=ADMIN_KEY, tell=spans.asked) as client,
    ):
        transfer = Transfer(api=client, call=call)
        await session.start(HandoffAgent(transfer=transfer, announce=lambda _: None))
        await session.run(user_input="Mustermann; I want a person for my refund.")
        opened = transfer.escalation_id
        await transfer.cancel(cause="caller_changed_mind")
    assert opened
    return opened


def _heard(daemon: socket.socket) -> dict[str, Any]:
    segment: dict[str, Any] = json.loads(daemon.recv(65_535).split(b"\n")[1])
    return segment


def test_who_follows_one_id_sees_the_tool_call_the_store_and_both_texts(
    aws: Aws, api: str, daemon: socket.socket, phone: str
) -> None:
    with collecting() as collector:
        spans = Spans(address=f"{collector.address}/v1/traces", resource=Resource({}), timeout=3)
        opened = asyncio.run(a_call(api, spans))
        spans.close()
    # This one waits in the outbox, and another door sends it of the row as the table has kept it.
    look = {"messageId": "1", "body": json.dumps({"kind": "look", "escalation_id": opened})}
    assert timers_door.handler({"Records": [look]}, None) == {"batchItemFailures": []}

    segments = [_heard(daemon) for _ in range(3)]
    [tool] = collector.spans(TOOL)
    trace = tool.trace_id.hex()
    assert [one["name"] for one in segments] == [
        f"livekit-handoff-{what}" for what in ("store", "sms", "sms")
    ]
    assert {one["trace_id"] for one in segments} == {f"1-{trace[:8]}-{trace[8:]}"}
    assert {one["parent_id"] for one in segments} == {tool.span_id.hex()}
    assert len({one["id"] for one in segments} | {tool.span_id.hex()}) == 4
    assert not any(one["fault"] for one in segments)
    _happened_within(tool, segments[:2])
    texts = aws.sms_to(phone)
    assert {text["MessageAttributes"]["traceparent"]["StringValue"].split("-")[1] for text in texts} == {
        trace
    }
    _tells_nothing(json.dumps(segments).encode() + collector.everything(), opened, phone)


def _happened_within(tool: Any, segments: list[dict[str, Any]]) -> None:
    """The clock is one; a float of seconds knows no nanoseconds."""
    for one in segments:
        assert tool.start_time_unix_nano / 1e9 - 1e-3 <= one["start_time"]
        assert one["end_time"] <= tool.end_time_unix_nano / 1e9 + 1e-3


def _tells_nothing(told: bytes, opened: str, phone: str) -> None:
    for secret in (opened, phone, "Mustermann", "refund", "maria", "RM_1", "caller-1", "/j/"):
        assert secret.encode() not in told
