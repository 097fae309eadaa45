"""The call's one request for a human."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agent_container.callback import Callback
from agent_container.clock import utc_now
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import Escalation, Line, RoomView
from agent_container.transfer import Call, Transfer
from tests.unit.agent_container.fakes import FakeApi, escalation

CALL = Call(room="room-1", room_sid="RM_1", caller_identity="caller-1", agent_identity="agent-AJ_1")
NOW = datetime(2026, 11, 24, 23, 14, 5, 123456, tzinfo=UTC)
SAID = (Line(role="caller", text="a person please"),)


def transfer(api: FakeApi, *, previous: str | None = None) -> Transfer:
    return Transfer(api=api, call=CALL, clock=lambda: NOW, previous=previous)


def key_after(previous: str) -> str:
    return f"RM_1:{hashlib.sha256(b'caller-1').hexdigest()}:after:{previous}"


async def ask(transfer: Transfer, *, summary: str = "wants a person") -> Escalation:
    return await transfer.request(reason="caller_request", summary=summary, language=None, transcript=SAID)


async def test_a_request_says_who_asks_where_and_when() -> None:
    api = FakeApi()

    await ask(transfer(api))

    key, request = api.opened[0]
    assert key == key_after("start")
    assert request.as_json() == {
        "room": "room-1",
        "room_sid": "RM_1",
        "caller_identity": "caller-1",
        "agent_identity": "agent-AJ_1",
        "reason": "caller_request",
        "summary": "wants a person",
        "transcript": ({"role": "caller", "text": "a person please"},),
        "tool_called_at": "2026-11-24T23:14:05.123Z",
    }


async def test_asking_again_while_a_request_is_open_only_looks_at_it() -> None:
    api = FakeApi()
    request = transfer(api)
    await ask(request)
    api.answer = escalation(status="claimed", name="Maria")

    again = await ask(request, summary="again")

    assert len(api.opened) == 1
    assert again.human_name == "Maria"


async def test_a_status_that_cannot_be_fetched_is_the_last_one_known() -> None:
    api = FakeApi()
    request = transfer(api)
    first = await ask(request)
    api.is_down()

    assert await ask(request) == first


async def test_tools_called_side_by_side_make_one_request() -> None:
    api = FakeApi()
    api.gate = asyncio.Event()
    request = transfer(api)
    both = asyncio.gather(ask(request), ask(request, summary="in other words"))
    await asyncio.sleep(0)
    api.gate.set()

    await both

    assert len(api.opened) == 1


async def test_after_an_unknown_outcome_the_same_words_go_under_the_same_key() -> None:
    api = FakeApi()
    request = transfer(api)
    api.is_down()
    with pytest.raises(ApiUnreachableError):
        await ask(request)
    api.failure = None

    await ask(request, summary="in other words")

    assert api.opened[0] == api.opened[1]


async def test_after_a_request_has_ended_asking_makes_a_new_one() -> None:
    api = FakeApi()
    request = transfer(api)
    await ask(request)
    request.end("esc_other")
    assert request.escalation_id == "esc_1"

    request.end("esc_1")
    await ask(request)

    assert [key for key, _ in api.opened] == [key_after("start"), key_after("esc_1")]


async def test_asking_again_after_an_end_that_nobody_told_makes_a_new_one() -> None:
    api = FakeApi()
    request = transfer(api)
    await ask(request)
    api.answer = escalation(status="completed", name="Maria")
    api.answer_to_open = Escalation(id="esc_2", status="notified", people_told=1, human_name="")

    again = await ask(request)

    assert (again.id, request.escalation_id) == ("esc_2", "esc_2")
    assert [key for key, _ in api.opened] == [key_after("start"), key_after("esc_1")]


async def test_another_caller_in_the_same_room_makes_another_request() -> None:
    api = FakeApi()
    await ask(transfer(api))

    await ask(Transfer(api=api, call=replace(CALL, caller_identity="caller-ö"), clock=lambda: NOW))

    first, second = (key for key, _ in api.opened)
    assert first != second
    assert second.isascii()


async def test_a_request_that_nobody_could_be_told_of_is_over_at_once() -> None:
    api = FakeApi()
    api.answer = escalation(status="unanswered", people_told=0)
    request = transfer(api)

    assert (await ask(request)).ended
    assert request.escalation_id is None


async def test_coming_back_after_a_human_starts_a_new_stretch_of_the_call() -> None:
    api = FakeApi()

    await ask(transfer(api, previous="esc_0"))

    assert api.opened[0][0] == key_after("esc_0")


async def test_a_request_stored_by_a_job_that_died_is_taken_over() -> None:
    api = FakeApi()
    stored = escalation(status="claimed", name="Maria")
    request = transfer(api)
    api.open_refusal = ApiRefusedError(status=422, error="IdempotencyMismatchError")
    api.view = RoomView(escalation=stored, human_agents=())

    assert await ask(request) == stored
    assert request.escalation_id == "esc_1"


async def test_a_refusal_with_nothing_stored_is_a_refusal() -> None:
    api = FakeApi()
    request = transfer(api)
    api.open_refusal = ApiRefusedError(status=403, error="ForbiddenError")

    with pytest.raises(ApiRefusedError, match="403 ForbiddenError"):
        await ask(request)


async def test_a_request_can_be_withdrawn_once() -> None:
    api = FakeApi()
    request = transfer(api)
    await ask(request)

    assert await request.cancel(cause="caller_changed_mind")
    assert not await request.cancel(cause="caller_changed_mind")

    assert api.cancelled == [("esc_1", "caller_changed_mind")]


async def test_the_logs_learn_the_escalations_id() -> None:
    named: list[str] = []
    request = Transfer(api=FakeApi(), call=CALL)
    request.on_opened(lambda escalation_id, _summary: named.append(escalation_id))

    await ask(request)

    assert named == ["esc_1"]


async def test_a_long_summary_is_cut_to_what_the_api_takes() -> None:
    api = FakeApi()

    await ask(transfer(api), summary="x" * 3000)

    assert len(api.opened[0][1].summary) == 2000


def test_a_tools_answer_names_the_time_for_which_it_holds() -> None:
    assert (
        transfer(FakeApi()).outcome("As of {time} UTC {who}.", who="nobody") == "As of 23:14:05 UTC nobody."
    )


def test_without_a_clock_of_its_own_it_is_the_time_of_the_world() -> None:
    assert utc_now().tzinfo is UTC


CALL_ME = Callback(name="Ada", phone="+15005550142", when="tomorrow")


async def test_a_call_back_belongs_to_the_open_request_and_else_to_the_last_one_of_the_call() -> None:
    api = FakeApi()
    request = transfer(api)
    assert not await request.leave_callback(CALL_ME)

    await ask(request)
    assert await request.leave_callback(CALL_ME)
    request.end("esc_1")
    assert await request.leave_callback(CALL_ME)

    assert api.callbacks == [("esc_1", CALL_ME)] * 2
