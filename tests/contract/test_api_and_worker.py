"""The worker's real client against the real app on a real socket: the two agree on every word."""

import logging
import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from agent_container.callback import Callback
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import Line, OpenRequest
from agent_container.escalation_client import EscalationClient
from agent_container.extract import extract
from agent_container.loss import Loss
from lambda_api.app.factory import create_app
from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.models import HumanAgent
from tests.contract.served import served
from tests.unit.lambda_api.http.surroundings import WORKER_KEY, Surroundings

REQUEST = OpenRequest(
    room="call/7 a",
    room_sid="RM_1",
    caller_identity="caller-1",
    agent_identity="agent-AJ_1",
    reason="caller_request",
    summary="wants a person",
    language=None,
    transcript=(Line(role="caller", text="a person please\u00a0…"), Line(role="agent", text="at once")),
    tool_called_at="2026-11-24T23:14:05.123Z",
)


@pytest.fixture
def around() -> Surroundings:
    around = Surroundings()
    around.world.store.put_person(HumanAgent(id="maria", name="Maria", phone="+15005550101"))
    return around


@pytest.fixture
def url(around: Surroundings) -> Iterator[str]:
    with served(create_app(wire=around.wiring)) as url:
        yield url


@pytest.fixture
async def worker(url: str) -> AsyncIterator[EscalationClient]:
    async with EscalationClient(base_url=url, key=WORKER_KEY, longest_wait=0.01) as client:
        yield client


async def test_the_id_of_the_tool_call_is_that_of_the_message_and_of_both_logs(
    worker: EscalationClient, around: Surroundings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await worker.open(REQUEST, idempotency_key="RM_7:after:start")

    [sent] = around.world.notifier.traces
    logged = {record.getMessage(): vars(record).get("trace_id") for record in caplog.records}
    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01", sent)
    assert logged["a person is asked for"] == logged["a message was handed over"] == sent.split("-")[1]


async def test_switched_off_nothing_bears_an_id(url: str, around: Surroundings) -> None:
    async with EscalationClient(base_url=url, key=WORKER_KEY, tracing=False) as worker:
        await worker.open(REQUEST, idempotency_key="RM_7:after:start")

    assert around.world.notifier.traces == [""]


async def test_a_whole_escalation_is_understood_on_both_sides(
    worker: EscalationClient, around: Surroundings, url: str
) -> None:
    opened = await worker.open(REQUEST, idempotency_key="call/7-1")
    again = await worker.open(REQUEST, idempotency_key="call/7-1")

    assert (opened.status, opened.people_told, opened.id) == ("notified", 1, again.id)

    found = re.search(r"/j/[\w-]{22}", around.world.notifier.texts[0][1])
    assert found
    async with httpx.AsyncClient(base_url=url, headers={"Accept": "application/json"}) as browser:
        claimed = (await browser.post(f"{found[0]}/claim")).json()
    view = await worker.room("call/7 a")

    assert view.escalation is not None
    assert (view.escalation.id, view.escalation.human_name) == (opened.id, "Maria")
    assert view.holder(claimed["identity"]) is not None
    assert not view.human_is_active

    left = await worker.ai_left(
        opened.id, agent_identity="agent-AJ_1", human_identity=claimed["identity"], cause="room"
    )
    assert left.id == opened.id


async def test_a_brief_reaches_whoever_takes_the_call(
    worker: EscalationClient, around: Surroundings, url: str
) -> None:
    opened = await worker.open(REQUEST, idempotency_key="call/7-2")
    brief = extract(REQUEST.transcript, summary="wants a person")
    await worker.put_brief(opened.id, brief)

    found = re.search(r"/j/[\w-]{22}", around.world.notifier.texts[0][1])
    assert found
    async with httpx.AsyncClient(base_url=url, headers={"Accept": "application/json"}) as browser:
        claimed = await browser.post(f"{found[0]}/claim")
        # A browser would send it over https only.
        seat = {"Cookie": claimed.headers["Set-Cookie"].partition(";")[0]}
        shown = (await browser.get(f"{found[0]}/brief", headers=seat)).json()

    assert shown["summary"] == "wants a person"
    assert [(turn["turn"], turn["role"], turn["text"]) for turn in shown["transcript"]] == [
        (number, turn.role, turn.text) for number, turn in enumerate(REQUEST.transcript, 1)
    ]
    assert shown["lines"] == brief.as_json()["lines"]


async def test_the_usual_waiting_time_is_not_known_from_no_calls(worker: EscalationClient) -> None:
    assert await worker.usual_wait() is None


async def test_a_brief_of_a_request_that_is_over_is_refused(worker: EscalationClient) -> None:
    opened = await worker.open(REQUEST, idempotency_key="call/7-3")
    await worker.cancel(opened.id, cause="caller_changed_mind")

    with pytest.raises(ApiRefusedError):
        await worker.put_brief(opened.id, extract(REQUEST.transcript, summary="x"))


async def test_a_caller_who_changes_their_mind_is_understood(worker: EscalationClient) -> None:
    opened = await worker.open(REQUEST, idempotency_key="call-7-1")

    cancelled = await worker.cancel(opened.id, cause="caller_changed_mind")

    assert cancelled.ended
    assert (await worker.room("call/7 a")).escalation is None


async def test_nobody_on_duty_reaches_the_worker_as_it_is(
    worker: EscalationClient, around: Surroundings
) -> None:
    around.world.store.roster.clear()

    opened = await worker.open(REQUEST, idempotency_key="call-7-1")

    assert (opened.status, opened.people_told, opened.ended) == ("unanswered", 0, True)


async def test_a_worker_that_leaves_without_a_human_is_understood(worker: EscalationClient) -> None:
    opened = await worker.open(REQUEST, idempotency_key="call-7-1")

    told = await worker.ai_left(opened.id, agent_identity="agent-AJ_1", human_identity="", cause="shutdown")

    assert told.id == opened.id


async def test_a_callback_that_the_worker_notes_is_stored(
    worker: EscalationClient, around: Surroundings
) -> None:
    around.world.store.roster.clear()
    opened = await worker.open(REQUEST, idempotency_key="call-7-1")

    told = await worker.leave_callback(
        opened.id, Callback(name="Ada", phone="+15005550199", when="tomorrow morning")
    )

    assert told.status == "unanswered"
    stored = around.world.store.said[opened.id].wish
    assert stored is not None
    assert (stored.name, stored.phone, stored.when) == ("Ada", "+15005550199", "tomorrow morning")


async def test_an_ai_that_comes_back_reads_what_was_said(worker: EscalationClient) -> None:
    opened = await worker.open(REQUEST, idempotency_key="call-7-1")

    words = await worker.words(opened.id)

    assert (words.summary, words.transcript) == (REQUEST.summary, REQUEST.transcript)


async def test_an_ai_that_is_lost_is_replaced_once(worker: EscalationClient, around: Surroundings) -> None:
    around.world.rooms.add("caller-1", room="call/7 a")
    around.world.rooms.add("agent-AJ_1", room="call/7 a")
    loss = Loss(room="call/7 a", agent_identity="agent-AJ_1", job_id="AJ_1", cause="process_died")

    assert await worker.agent_lost(loss)
    assert not await worker.agent_lost(loss)
    assert [one["room"] for one in around.world.rooms.dispatched] == ["call/7 a"]


async def test_a_refusal_has_its_name_at_the_worker(worker: EscalationClient) -> None:
    with pytest.raises(ApiRefusedError, match="UnknownEscalationError"):
        await worker.get("esc_unknown")


async def test_a_short_outage_of_the_store_is_outlived(
    worker: EscalationClient, around: Surroundings
) -> None:
    around.world.store.faults = [UnavailableError("store")]

    assert (await worker.open(REQUEST, idempotency_key="call-7-1")).people_told == 1


async def test_a_long_outage_is_said(worker: EscalationClient, around: Surroundings) -> None:
    around.world.store.faults = [UnavailableError("store")] * 100

    with pytest.raises(ApiUnreachableError):
        await worker.open(REQUEST, idempotency_key="call-7-1")
