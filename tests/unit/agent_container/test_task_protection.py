"""What is asked of ECS's agent, and which of its answers count, on a real socket."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from agent_container.call_guard import CallGuard
from agent_container.errors import UnprotectedError
from agent_container.task_protection import EcsAgent, NotStopped

ARN = "arn:aws:ecs:eu-central-1:111122223333:task/1234567890abcdef0"


class FakeAgent:
    """Grants each wish unless a test says otherwise, as `$ECS_AGENT_URI` does it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[tuple[int, Any]] = []
        self.url = ""

    def answer(self, path: str, wish: dict[str, Any]) -> tuple[int, Any]:
        self.asked.append((path, wish))
        granted = {"protection": {"ProtectionEnabled": wish["ProtectionEnabled"], "TaskArn": ARN}}
        return self.answers.pop(0) if self.answers else (200, granted)


@pytest.fixture
def agent() -> Iterator[FakeAgent]:
    agent = FakeAgent()

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            wish = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = agent.answer(self.path, wish)
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    agent.url = f"http://127.0.0.1:{server.server_port}/api/task-id"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield agent
    server.shutdown()
    server.server_close()


async def test_protection_is_asked_for_renewed_and_given_back(agent: FakeAgent) -> None:
    ecs = EcsAgent(agent.url)

    await ecs.protect(minutes=60)
    await ecs.protect(minutes=60)
    await ecs.release()

    assert {path for path, _ in agent.asked} == {"/api/task-id/task-protection/v1/state"}
    wish = {"ProtectionEnabled": True, "ExpiresInMinutes": 60}
    assert [body for _, body in agent.asked] == [wish, wish, {"ProtectionEnabled": False}]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (
            (200, {"failure": {"Arn": ARN, "Reason": "DEPLOYMENT_BLOCKED", "Detail": None}}),
            "DEPLOYMENT_BLOCKED",
        ),
        ((400, {"error": {"Arn": ARN, "Code": "AccessDeniedException"}}), "AccessDeniedException"),
        ((200, {"protection": {"ProtectionEnabled": False}}), "unreadable"),
        ((200, {"protection": None}), "unreadable"),
        ((200, []), "unreadable"),
        ((500, b"<html>"), "JSONDecodeError"),
    ],
)
async def test_only_ecs_own_word_is_protection(
    agent: FakeAgent, answer: tuple[int, Any], reason: str
) -> None:
    agent.answers = [answer]

    with pytest.raises(UnprotectedError) as refused:
        await EcsAgent(agent.url).protect(minutes=60)

    assert refused.value.reason == reason


async def test_an_agent_that_does_not_answer_protects_nobody() -> None:
    with pytest.raises(UnprotectedError):
        await EcsAgent("http://127.0.0.1:9").protect(minutes=60)


async def test_a_call_is_taken_only_after_ecs_has_said_yes(agent: FakeAgent) -> None:
    guard = CallGuard(EcsAgent(agent.url))
    agent.answers = [(400, {"error": {"Code": "ThrottlingException"}})]

    assert [await guard.hold(), await guard.hold(), await guard.hold()] == [False, True, True]

    assert len(agent.asked) == 2


async def test_a_worker_that_nobody_stops_takes_every_call() -> None:
    guard = CallGuard(NotStopped())

    assert await guard.hold()
    await NotStopped().release()
