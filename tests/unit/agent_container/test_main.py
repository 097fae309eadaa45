"""What the worker answers, whom it refuses, and what it does when a call ends."""

import asyncio
import importlib
import math
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiohttp import web
from livekit import rtc
from livekit.agents import (
    CloseEvent,
    CloseReason,
    ConversationItemAddedEvent,
    JobContext,
    JobProcess,
    JobRequest,
    llm,
)

from agent_container import prompts
from agent_container.call_guard import CallGuard
from agent_container.config import Avatar, Settings, settings_of_jobs
from agent_container.main import (
    PRELOADED,
    answer,
    answer_call,
    answer_console,
    build_client,
    build_server,
    human_is_active,
    prewarm,
    take_or_refuse,
)
from agent_container.task_protection import EcsAgent, NotStopped
from agent_container.tracing import Tell, to_nobody
from tests.unit.agent_container.fakes import (
    MARIA,
    FakeParticipant,
    FakeRoom,
    FakeSession,
    another_ai,
    packet_of,
    speaking,
)

HOLDER = {"identity": MARIA, "name": "Maria", "escalation_id": "esc_1", "there": True, "heard": True}
ESCALATION = {"id": "esc_1", "status": "notified", "people_told": 2, "claim": None}


WORDS = {
    "summary": "a wrong bill",
    "transcript": [{"role": "caller", "text": "my bill is wrong"}, {"role": "agent", "text": "I see"}],
    "notes": "refund agreed",
    "disposition": None,
}


class Api:
    """A handoff API of a few lines on a real socket."""

    def __init__(self) -> None:
        self.escalation: dict[str, Any] | None = None
        self.words: Any = WORDS
        self.human_agents: list[dict[str, Any]] = []
        self.posted: list[tuple[str, Any]] = []
        self.url = ""
        self.connections: set[Any] = set()
        self.answers = asyncio.Event()
        self.answers.set()

    async def room(self, request: web.Request) -> web.Response:
        self.connections.add(request.transport)
        await self.answers.wait()
        return web.json_response({"escalation": self.escalation, "human_agents": self.human_agents})

    async def get_words(self, _request: web.Request) -> web.Response:
        return web.json_response(self.words)

    async def post(self, request: web.Request) -> web.Response:
        self.posted.append((request.path, await request.json()))
        return web.json_response(ESCALATION)


@pytest.fixture
async def api() -> Any:
    served = Api()
    app = web.Application()
    app.router.add_get("/v1/rooms/{room}", served.room)
    app.router.add_get("/v1/escalations/esc_0/words", served.get_words)
    app.router.add_post("/{path:.*}", served.post)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    served.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield served
    await runner.cleanup()


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
        monkeypatch.delenv(f"HANDOFF_{field.upper()}", raising=False)


class FakeJob:
    """A JobContext without a process around it."""

    def __init__(self, room: FakeRoom, *, metadata: str = "", fake: bool = False) -> None:
        self.room = room
        self.job = SimpleNamespace(
            id="AJ_1", metadata=metadata, room=SimpleNamespace(name="room-1", sid="RM_1")
        )
        self.proc = SimpleNamespace(userdata={"settings": Settings()})
        self.log_context_fields: dict[str, Any] = {}
        self.connected_with: dict[str, Any] = {}
        self.ended: list[str] = []
        self.at_the_end: list[Callable[[], Awaitable[None]]] = []
        self._fake = fake

    @property
    def as_context(self) -> JobContext:
        return cast(JobContext, self)

    def is_fake_job(self) -> bool:
        return self._fake

    async def connect(self, **options: Any) -> None:
        self.connected_with = options

    def shutdown(self, reason: str) -> None:
        self.ended.append(reason)

    def add_shutdown_callback(self, callback: Callable[[], Awaitable[None]]) -> None:
        self.at_the_end.append(callback)

    async def end(self) -> None:
        for callback in self.at_the_end:
            await callback()


class Call:
    def __init__(self, api_url: str, *present: FakeParticipant, metadata: str = "") -> None:
        self.room = FakeRoom(*present)
        self.session = FakeSession()
        self.job = FakeJob(self.room, metadata=metadata)
        self.settings = Settings(api_url=api_url, worker_key="key", farewell=False)  # type: ignore[arg-type]

    async def begin(self) -> "Call":
        await answer_call(self.job.as_context, self.settings, lambda _settings: self.session.as_session)
        return self


async def ask_for_a_person(call: Call) -> None:
    await call.session.agent._transfer.request(
        reason="caller_request", summary="x", language=None, transcript=()
    )


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 (watches the world from outside)
            await asyncio.sleep(0.005)


async def test_a_call_is_answered_for_its_caller_alone(api: Api) -> None:
    call = await Call(api.url, FakeParticipant(identity="caller-1")).begin()

    options = call.session.started_with
    assert options["room_options"].participant_identity == "caller-1"
    assert options["room_options"].delete_room_on_close is False
    assert options["session_host"] is False
    assert options["record"] is False
    assert call.job.connected_with["auto_subscribe"] == "audio_only"


@pytest.mark.parametrize("consent", [True, False])
async def test_a_call_that_is_recorded_begins_with_saying_so(api: Api, *, consent: bool) -> None:
    call = Call(api.url, FakeParticipant(identity="caller-1"))
    call.settings = call.settings.model_copy(update={"consent": consent})

    await call.begin()

    assert call.session.agent._opening.startswith(prompts.CONSENT) is consent
    assert call.session.agent._opening.endswith(prompts.GREETING)


RESUMED = '{"caller_identity": "caller-9", "escalation_id": "esc_0", "resume": true, "human_name": "Maria"}'


def remembered(call: Call) -> list[tuple[str, str | None]]:
    return [(message.role, message.text_content) for message in call.session.agent.chat_ctx.messages()]


async def test_an_ai_that_comes_back_knows_what_was_said_and_who_was_there(api: Api) -> None:
    call = await Call(api.url, metadata=RESUMED).begin()

    note = (
        prompts.BACK_NOTE.format(name="Maria")
        + prompts.SUMMARY_NOTE.format(summary="a wrong bill")
        + prompts.HUMANS_NOTE.format(notes="refund agreed")
    )
    assert call.session.started_with["room_options"].participant_identity == "caller-9"
    assert call.session.agent._opening == prompts.BACK.format(name="Maria")
    assert remembered(call) == [("user", "my bill is wrong"), ("assistant", "I see"), ("system", note)]


async def test_after_a_human_has_left_the_ai_may_ask_for_one_again(api: Api) -> None:
    call = await Call(api.url, metadata=RESUMED).begin()

    assert call.session.agent._transfer.escalation_id is None
    await ask_for_a_person(call)

    assert [path for path, _ in api.posted] == ["/v1/escalations"]


async def test_an_ai_that_replaces_one_that_died_goes_on_with_the_open_request(api: Api) -> None:
    api.escalation = ESCALATION | {"status": "claimed", "claim": {"name": "Maria"}}

    call = await Call(api.url, metadata=RESUMED).begin()

    assert call.session.agent._opening == prompts.AGAIN
    assert remembered(call)[-1][1] == prompts.AGAIN_NOTE + (
        prompts.SUMMARY_NOTE.format(summary="a wrong bill")
        + prompts.HUMANS_NOTE.format(notes="refund agreed")
    )
    assert call.session.agent._transfer.escalation_id == "esc_1"


@pytest.mark.parametrize("words", [[], {"transcript": [{}]}, {}])
async def test_an_ai_comes_back_also_when_nobody_can_tell_what_was_said(api: Api, words: Any) -> None:
    api.words = words

    call = await Call(api.url, metadata=RESUMED).begin()

    assert remembered(call) == [("system", prompts.BACK_NOTE.format(name="Maria"))]


async def test_an_ai_comes_back_without_an_api() -> None:
    call = await Call("", metadata=RESUMED).begin()

    assert call.session.agent._opening == prompts.BACK.format(name="Maria")


async def test_an_ai_that_comes_to_a_call_with_a_human_in_it_leaves_without_a_word(api: Api) -> None:
    api.human_agents = [HOLDER]

    call = await Call(api.url, FakeParticipant(identity="caller-1"), speaking(MARIA)).begin()
    await call.job.end()

    assert call.job.ended == ["a human is already in the call"]
    assert call.session.agent is None


async def test_an_ai_that_comes_to_a_call_with_an_ai_in_it_leaves_without_a_word(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent_container.rivals.GONE_WITHIN", 0)

    call = await Call(api.url, FakeParticipant(identity="caller-1"), another_ai()).begin()
    await call.job.end()

    assert call.job.ended == ["another AI is already in the call"]
    assert call.session.agent is None
    assert api.posted == []


REPLACING = '{"caller_identity": "caller-9", "replaces": "agent-AJ_0"}'


def call_with_an_ai_that_leaves(api: Api, *, metadata: str = REPLACING) -> Call:
    call = Call(api.url, FakeParticipant(identity="caller-9"), another_ai(), metadata=metadata)
    call.room.local_participant.answer = (
        '[{"role": "agent", "text": "Hello."}, {"role": "caller", "text": "When are you open?"}]'
    )
    return call


async def test_an_ai_that_takes_over_goes_on_where_the_other_was_and_owes_its_answer(api: Api) -> None:
    call = await call_with_an_ai_that_leaves(api).begin()

    said = [("assistant", "Hello."), ("user", "When are you open?"), ("system", prompts.HANDED_OVER_NOTE)]
    assert remembered(call) == said
    assert call.session.agent._opening == ""
    assert call.session.steps == ["answer"]
    assert "handoff.relieve" in call.room.local_participant.methods


async def test_an_ai_that_takes_over_goes_on_with_the_open_request(api: Api) -> None:
    api.escalation = ESCALATION
    resumed = RESUMED.replace("}", ', "replaces": "agent-AJ_0"}')

    call = await call_with_an_ai_that_leaves(api, metadata=resumed).begin()

    assert call.session.agent._transfer.escalation_id == "esc_1"
    assert remembered(call)[1] == ("user", "When are you open?")
    assert (remembered(call)[2][1] or "").startswith(prompts.HANDED_OVER_NOTE)


async def test_an_ai_whose_place_is_not_given_up_leaves_without_a_word(api: Api) -> None:
    call = call_with_an_ai_that_leaves(api)
    call.room.local_participant.answer = rtc.RpcError(2, "a human is about to take over")

    await call.begin()

    assert call.job.ended == ["the AI whose place was to be taken stays in the call"]
    assert call.session.agent is None


async def test_an_ai_that_comes_too_late_to_take_over_says_that_it_is_there(api: Api) -> None:
    call = await Call(api.url, FakeParticipant(identity="caller-9"), metadata=REPLACING).begin()

    assert call.session.agent._opening == prompts.AGAIN


async def test_a_stranger_in_the_room_does_not_keep_the_ai_out(api: Api) -> None:
    call = await Call(api.url, FakeParticipant(identity="caller-1"), speaking(MARIA)).begin()

    assert call.session.agent is not None
    assert call.job.ended == []


async def test_a_human_who_gave_the_call_back_does_not_silence_the_ai_when_their_track_comes(
    api: Api,
) -> None:
    human = speaking(MARIA)
    human.track_publications["TR_1"].subscribed = False
    call = await Call(api.url, FakeParticipant(identity="caller-1"), human).begin()

    human.track_publications["TR_1"].subscribed = True
    call.room.emit("track_subscribed", None, human.track_publications["TR_1"], human)

    assert call.session.output.audio_enabled
    assert not call.job.ended


async def test_a_human_who_can_be_heard_ends_the_job_and_the_api_is_told(api: Api) -> None:
    call = await Call(api.url, FakeParticipant(identity="caller-1")).begin()
    api.human_agents = [HOLDER]
    human = speaking(MARIA)
    call.room.joins(human)

    call.room.emit("track_subscribed", None, human.track_publications["TR_1"], human)
    assert not call.session.output.audio_enabled
    await until(lambda: call.job.ended)
    await call.job.end()

    body = {"agent_identity": "agent-AJ_1", "human_identity": MARIA, "cause": "room"}
    assert api.posted == [("/v1/escalations/esc_1/ai-left", body)]


async def test_a_caller_who_leaves_while_waiting_withdraws_the_request(api: Api) -> None:
    caller = FakeParticipant(identity="caller-1")
    call = await Call(api.url, caller).begin()
    await ask_for_a_person(call)

    call.room.leaves(caller, rtc.DisconnectReason.CLIENT_INITIATED)
    await until(lambda: call.job.ended)
    await call.job.end()

    assert call.session.steps[-1] == "shut down"
    assert api.posted[1:] == [("/v1/escalations/esc_1/cancel", {"cause": "caller_left"})]
    assert call.job.log_context_fields["escalation_id"] == "esc_1"


@pytest.mark.parametrize("returns", [False, True])
async def test_a_caller_may_leave_before_the_ai_has_begun(api: Api, *, returns: bool) -> None:
    caller = FakeParticipant(identity="caller-9")
    call = Call(api.url, caller, metadata=RESUMED)
    api.answers.clear()
    beginning = asyncio.create_task(call.begin())
    await until(lambda: api.connections)

    call.room.leaves(caller, rtc.DisconnectReason.CLIENT_INITIATED)
    if returns:
        call.room.joins(caller)
    api.answers.set()
    await beginning

    assert call.job.ended == ([] if returns else ["the caller has left"])
    assert bool(call.session.started_with) is returns
    assert call.session.output.audio_enabled
    assert "shut down" not in call.session.steps


async def test_nothing_is_said_to_a_room_that_the_caller_has_left(api: Api) -> None:
    caller = FakeParticipant(identity="caller-1")
    call = await Call(api.url, caller).begin()
    await ask_for_a_person(call)

    call.room.leaves(caller, rtc.DisconnectReason.CLIENT_INITIATED)
    call.room.emit("data_received", packet_of(b'{"type": "cancelled", "escalation_id": "esc_1"}'))
    await until(lambda: call.job.ended)

    assert not call.session.speeches
    assert not call.session.output.audio_enabled


async def test_the_ai_is_gone_with_its_caller_however_long_its_session_takes_to_close(api: Api) -> None:
    caller = FakeParticipant(identity="caller-1")
    call = await Call(api.url, caller).begin()
    call.session.closes = False

    call.room.leaves(caller, rtc.DisconnectReason.CLIENT_INITIATED)

    await until(lambda: call.room.has_been_left)
    assert not call.job.ended


async def test_a_job_stopped_while_a_human_is_joining_says_so(api: Api) -> None:
    call = await Call(api.url, FakeParticipant(identity="caller-1")).begin()
    api.human_agents, api.escalation = [HOLDER], ESCALATION
    human = speaking(MARIA, muted=True)
    call.room.joins(human)
    call.room.emit("participant_active", human)
    await until(lambda: call.job.log_context_fields.get("escalation_id"))

    await call.job.end()

    # Nobody has heard them: said to have the call, they would keep another AI from it.
    body = {"agent_identity": "agent-AJ_1", "human_identity": "", "cause": "shutdown"}
    assert api.posted == [("/v1/escalations/esc_1/ai-left", body)]


async def test_an_ai_that_fails_calls_in_a_human(api: Api) -> None:
    call = await Call(api.url, FakeParticipant(identity="caller-1")).begin()

    call.session.emit("close", CloseEvent(reason=CloseReason.ERROR))
    await call.job.end()

    assert [(path, body["reason"]) for path, body in api.posted] == [("/v1/escalations", "ai_failure")]


async def test_a_call_that_just_ends_leaves_nothing_to_say(api: Api) -> None:
    call = await Call(api.url, FakeParticipant(identity="caller-1")).begin()

    await call.job.end()

    assert api.posted == []


async def test_an_api_that_is_down_at_the_end_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    call = await Call("", FakeParticipant(identity="caller-1")).begin()

    call.session.emit("close", CloseEvent(reason=CloseReason.ERROR))
    await call.job.end()

    assert "the API was not told how the call ended" in caplog.text


class FakeRequest:
    def __init__(self) -> None:
        self.room = SimpleNamespace(name="room-1")
        self.answer = ""

    async def accept(self, *, name: str) -> None:
        self.answer = f"accepted as {name}"

    async def reject(self, *, terminate: bool) -> None:
        self.answer = f"rejected, terminate={terminate}"


@pytest.mark.parametrize(
    ("holders", "expected"),
    [
        ([], "accepted as Assistant"),
        ([HOLDER | {"heard": False}], "accepted as Assistant"),
        ([HOLDER], "rejected, terminate=True"),
    ],
)
async def test_a_room_where_a_human_is_active_is_refused(
    api: Api, holders: list[dict[str, Any]], expected: str
) -> None:
    api.human_agents = holders
    request = FakeRequest()

    async with build_client(Settings(api_url=api.url)) as client:
        await take_or_refuse(cast(JobRequest, request), guard=CallGuard(NotStopped()), api=client)

    assert request.answer == expected


async def test_a_call_that_this_task_could_be_stopped_under_is_left_to_another_worker() -> None:
    request, nobody = FakeRequest(), EcsAgent("http://127.0.0.1:9")

    await take_or_refuse(cast(JobRequest, request), guard=CallGuard(nobody), api=build_client(Settings()))

    assert request.answer == "rejected, terminate=False"


async def test_when_the_api_cannot_tell_the_call_is_answered() -> None:
    assert not await human_is_active(build_client(Settings()), "room-1")


async def test_a_call_does_not_wait_for_an_api_that_takes_its_time(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent_container.main._ASKED_WITHIN", 0.05)
    api.human_agents = [HOLDER]
    api.answers.clear()

    async with asyncio.timeout(4), build_client(Settings(api_url=api.url)) as client:
        active = await human_is_active(client, "room-1")
        api.answers.set()

    assert not active


async def test_one_call_after_the_other_is_asked_about_over_one_connection(api: Api) -> None:
    async with build_client(Settings(api_url=api.url)) as client:
        for room in ("room-1", "room-2"):
            await human_is_active(client, room)

    assert len(api.connections) == 1


async def test_the_console_talks_without_a_room_or_an_api() -> None:
    session = FakeSession()
    job = FakeJob(FakeRoom(), fake=True)

    await answer_console(job.as_context, Settings(), lambda _settings: session.as_session)

    assert session.agent is not None
    session.agent._announce("heard")
    assert session.steps == ["say aloud: heard"]


async def test_the_console_tells_what_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    session = FakeSession()
    job = FakeJob(FakeRoom(), fake=True)
    await answer_console(job.as_context, Settings(), lambda _settings: session.as_session)

    item = llm.ChatMessage(role="user", content=["Are you there?"])
    session.emit("conversation_item_added", ConversationItemAddedEvent(item=item))

    assert capsys.readouterr().out == "heard  Are you there?\n"


class FakeTelemetry:
    """Takes no figures, and has a report at the end of a call."""

    def __init__(self, *, endpoint: str, stage: str) -> None:
        self.about = (endpoint, stage)

    def follow(self, _session: object, *, at_the_end: Callable[[object], None]) -> Tell:
        at_the_end(self.report)
        return to_nobody

    async def report(self) -> None:
        """Tells nobody."""


@pytest.mark.parametrize(("endpoint", "reports"), [("", 0), ("http://collector.example:4318", 1)])
async def test_a_call_is_reported_to_a_collector_only_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, api: Api, endpoint: str, reports: int
) -> None:
    monkeypatch.setattr("agent_container.telemetry.telemetry", FakeTelemetry)
    call = Call(api.url, FakeParticipant(identity="caller-1"))
    call.settings = call.settings.model_copy(update={"otlp_endpoint": endpoint})

    await call.begin()

    told = [one for one in call.job.at_the_end if getattr(one, "__func__", None) is FakeTelemetry.report]
    assert len(told) == reports


@pytest.mark.parametrize("fake", [True, False])
async def test_the_job_knows_a_console_from_a_call(monkeypatch: pytest.MonkeyPatch, *, fake: bool) -> None:
    taken: list[str] = []

    async def call(_ctx: JobContext, _settings: Settings) -> None:
        taken.append("call")

    async def console(_ctx: JobContext, _settings: Settings) -> None:
        taken.append("console")

    monkeypatch.setattr("agent_container.main.answer_call", call)
    monkeypatch.setattr("agent_container.main.answer_console", console)
    job = FakeJob(FakeRoom(), fake=fake)

    await answer(job.as_context)

    assert taken == ["console" if fake else "call"]
    assert job.log_context_fields == {"room": "room-1", "job_id": "AJ_1"}


def test_jobs_share_the_settings_that_were_read_before_they_were_forked() -> None:
    settings_of_jobs.cache_clear()
    importlib.reload(importlib.import_module("agent_container.inheritance"))
    inherited = settings_of_jobs.cache_info()
    processes = [SimpleNamespace(userdata={}) for _ in range(2)]

    for process in processes:
        prewarm(cast(JobProcess, process))
    misses = settings_of_jobs.cache_info().misses
    settings_of_jobs.cache_clear()

    assert processes[0].userdata["settings"] is processes[1].userdata["settings"]
    assert (inherited.misses, misses) == (1, 1)
    assert "agent_container.inheritance" in PRELOADED


@pytest.mark.parametrize("avatar", [None, Avatar(provider="wave")])
def test_what_jobs_inherit_becomes_immortal_after_everything_else(avatar: Avatar | None) -> None:
    server = build_server(Settings().model_copy(update={"avatar": avatar}))

    assert server._preload_modules[-1] == "agent_container.immortal"


def test_a_laptop_worker_takes_every_call_and_listens_to_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HANDOFF_AGENT_NAME", "handoff-agent-test")

    server = build_server(Settings())

    assert server._agent_name == "handoff-agent-test"
    assert math.isinf(cast(float, server._load_threshold))
    assert cast(Callable[[], float], server._load_fnc)() == 0.0
    assert server._num_idle_processes == 1
    assert server._host == "127.0.0.1"
    assert server._drain_timeout == 95


def test_a_deployed_worker_sheds_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOFF_STAGE", "prod")
    server = build_server(Settings())
    assert server._load_threshold == 0.7
    assert server._load_fnc is None
    assert cast(int, server._num_idle_processes) >= 1

    monkeypatch.setenv("HANDOFF_LOAD_THRESHOLD", "0.5")
    monkeypatch.setenv("HANDOFF_IDLE_PROCESSES", "3")
    server = build_server(Settings())
    assert server._load_threshold == 0.5
    assert server._num_idle_processes == 3
