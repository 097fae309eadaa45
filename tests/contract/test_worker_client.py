"""The worker's real client against a real socket."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from agent_container.callback import Callback
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import Line, OpenRequest
from agent_container.escalation_client import EscalationClient
from agent_container.loss import Loss

REQUEST = OpenRequest(
    room="room-1",
    room_sid="RM_1",
    caller_identity="caller-1",
    agent_identity="agent-AJ_1",
    reason="caller_request",
    summary="wants a person",
    language=None,
    transcript=(Line(role="caller", text="a person please"),),
    tool_called_at="2026-11-24T23:14:05.123Z",
)
OPEN = {
    "id": "esc_1",
    "room": "room-1",
    "status": "claimed",
    "people_told": 2,
    "claim": {"identity": "human-agent-maria-1", "name": "Maria", "claimed_at": "2026-11-24T23:14:05.123Z"},
}


class Api:
    """Answers each request with the next of its answers, and remembers what was asked."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any]] = []
        self.asked: list[tuple[str, str, dict[str, str], Any]] = []
        self.url = ""
        self.slow = False

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.json() if request.can_read_body else None
        self.asked.append((request.method, request.raw_path, dict(request.headers), body))
        if self.slow:
            await asyncio.sleep(30)
        status, answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, str):
            return web.Response(status=status, text=answer)
        return web.json_response(answer, status=status)


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    served = Api()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", served.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    served.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield served
    await runner.cleanup()


def client(api: Api, *, deadline: float = 5.0) -> EscalationClient:
    return EscalationClient(base_url=api.url, key="worker-key", deadline=deadline, longest_wait=0.01)


async def test_opening_sends_the_key_the_idempotency_key_and_no_empty_fields(api: Api) -> None:
    api.answers = [(201, OPEN)]

    async with client(api) as worker:
        escalation = await worker.open(REQUEST, idempotency_key="RM_1:after:start")

    method, path, headers, body = api.asked[0]
    assert (method, path) == ("POST", "/v1/escalations")
    assert headers["Authorization"] == "Bearer worker-key"
    assert headers["Idempotency-Key"] == "RM_1:after:start"
    assert body["transcript"] == [{"role": "caller", "text": "a person please"}]
    assert "language" not in body
    assert (escalation.id, escalation.people_told, escalation.human_name) == ("esc_1", 2, "Maria")


@pytest.mark.parametrize("status", [409, 429, 500, 503])
async def test_what_may_pass_is_tried_again_with_the_same_key_and_body(api: Api, status: int) -> None:
    api.answers = [(status, {}), (201, OPEN)]

    async with client(api) as worker:
        await worker.open(REQUEST, idempotency_key="RM_1:after:start")

    first, second = api.asked
    assert first[2]["Idempotency-Key"] == second[2]["Idempotency-Key"]
    assert first[3] == second[3]


async def test_the_retries_are_bounded(api: Api) -> None:
    api.answers = [(503, {})]

    async with client(api) as worker:
        with pytest.raises(ApiUnreachableError, match="status 503"):
            await worker.get("esc_1")

    assert len(api.asked) == 3


async def test_the_time_is_bounded(api: Api) -> None:
    api.answers, api.slow = [(200, OPEN)], True

    async with client(api, deadline=0.1) as worker:
        with pytest.raises(ApiUnreachableError, match="deadline"):
            await worker.get("esc_1")


async def test_a_refusal_is_not_tried_again_and_carries_its_name(api: Api) -> None:
    api.answers = [(422, {"type": "about:blank", "error": "IdempotencyMismatchError", "status": 422})]

    async with client(api) as worker:
        with pytest.raises(ApiRefusedError) as refusal:
            await worker.open(REQUEST, idempotency_key="RM_1:after:start")

    assert (refusal.value.status, refusal.value.error) == (422, "IdempotencyMismatchError")
    assert len(api.asked) == 1


@pytest.mark.parametrize("problem", ["<html>", ["list"]])
async def test_a_refusal_without_a_problem_is_still_a_refusal(api: Api, problem: Any) -> None:
    api.answers = [(403, problem)]

    async with client(api) as worker:
        with pytest.raises(ApiRefusedError, match="403 unknown"):
            await worker.get("esc_1")


@pytest.mark.parametrize(
    "answer", ["<html>", [], {}, {"id": "esc_1"}, {"id": "e", "status": "s", "claim": 1}]
)
async def test_an_answer_that_makes_no_sense_is_a_typed_failure(api: Api, answer: Any) -> None:
    api.answers = [(200, answer)]

    async with client(api) as worker:
        with pytest.raises(ApiRefusedError):
            await worker.get("esc_1")


async def test_nobody_listening_is_a_typed_failure() -> None:
    async with EscalationClient(base_url="http://127.0.0.1:9", key="k", longest_wait=0.01) as worker:
        with pytest.raises(ApiUnreachableError, match="ConnectError"):
            await worker.get("esc_1")


async def test_without_an_address_there_is_no_api() -> None:
    async with EscalationClient(base_url="", key="") as worker:
        with pytest.raises(ApiUnreachableError, match="HANDOFF_API_URL is not set"):
            await worker.room("room-1")


async def test_a_room_tells_who_may_take_over(api: Api) -> None:
    holder = {"identity": "human-agent-maria-1", "name": "Maria", "escalation_id": "esc_1", "there": True}
    api.answers = [(200, {"room": "a/b", "escalation": OPEN, "human_agents": [holder | {"heard": True}]})]

    async with client(api) as worker:
        view = await worker.room("a/b")

    assert api.asked[0][1] == "/v1/rooms/a%2Fb"
    assert view.escalation is not None
    assert view.human_is_active
    assert view.holder("human-agent-maria-1") is not None
    assert view.holder("human-agent-jonas-1") is None


@pytest.mark.parametrize("answer", [[], {}, {"escalation": None, "human_agents": [{}]}])
async def test_a_room_that_makes_no_sense_is_a_typed_failure(api: Api, answer: Any) -> None:
    api.answers = [(200, answer)]

    async with client(api) as worker:
        with pytest.raises(ApiRefusedError):
            await worker.room("room-1")


async def test_leaving_and_withdrawing_are_told(api: Api) -> None:
    api.answers = [(200, OPEN)]

    async with client(api) as worker:
        await worker.ai_left(
            "esc_1", agent_identity="agent-AJ_1", human_identity="human-agent-maria-1", cause="room"
        )
        await worker.cancel("esc_1", cause="caller_left")

    assert [(path, body) for _, path, _, body in api.asked] == [
        (
            "/v1/escalations/esc_1/ai-left",
            {"agent_identity": "agent-AJ_1", "human_identity": "human-agent-maria-1", "cause": "room"},
        ),
        ("/v1/escalations/esc_1/cancel", {"cause": "caller_left"}),
    ]


async def test_a_call_back_is_asked_for(api: Api) -> None:
    api.answers = [(200, OPEN)]

    async with client(api) as worker:
        await worker.leave_callback("esc_1", Callback(name="Ada", phone="+15005550142", when="tomorrow"))

    method, path, _, body = api.asked[0]
    assert (method, path) == ("POST", "/v1/escalations/esc_1/callback")
    assert body == {"name": "Ada", "phone": "+15005550142", "when": "tomorrow"}


async def test_the_words_of_a_call_are_read(api: Api) -> None:
    turns = [{"role": "caller", "text": "my bill is wrong"}, {"role": "agent", "text": "I see"}]
    api.answers = [(200, {"summary": "a bill", "transcript": turns, "notes": "", "disposition": None})]

    async with client(api) as worker:
        words = await worker.words("esc_1")

    assert api.asked[0][:2] == ("GET", "/v1/escalations/esc_1/words")
    assert (words.summary, words.notes) == ("a bill", "")
    assert [(line.role, line.text) for line in words.transcript] == [
        ("caller", "my bill is wrong"),
        ("agent", "I see"),
    ]


LOSS = Loss(room="a/b", agent_identity="agent-AJ_1", job_id="AJ_1", cause="unresponsive")


@pytest.mark.parametrize(("answer", "replaced"), [({"dispatched": True}, True), ({}, False), ([], False)])
async def test_a_lost_ai_is_told_until_somebody_takes_it(api: Api, answer: Any, *, replaced: bool) -> None:
    api.answers = [(503, {})] * 5 + [(200, answer)]

    async with client(api) as worker:
        assert await worker.agent_lost(LOSS) is replaced

    assert len(api.asked) == 6
    method, path, _, body = api.asked[-1]
    assert (method, path) == ("POST", "/v1/rooms/a%2Fb/agent-lost")
    assert body == {"agent_identity": "agent-AJ_1", "job_id": "AJ_1", "cause": "unresponsive"}


async def test_a_call_that_has_to_be_given_away_is_told(api: Api) -> None:
    api.answers = [(200, {"dispatched": True})]

    async with client(api) as worker:
        assert await worker.agent_leaving("a/b", agent_identity="agent-AJ_1", job_id="AJ_1")

    method, path, _, body = api.asked[-1]
    assert (method, path) == ("POST", "/v1/rooms/a%2Fb/agent-leaving")
    assert body == {"agent_identity": "agent-AJ_1", "job_id": "AJ_1"}
