"""What the worker's parent does when a job's process dies or hangs, with real processes."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest
from livekit.agents import JobContext, JobProcess
from livekit.agents.ipc.job_proc_executor import ProcJobExecutor

from agent_container.call_guard import CallGuard
from agent_container.errors import ApiUnreachableError
from agent_container.evacuation import Evacuation
from agent_container.job_watch import JobWatch, loss_of
from agent_container.loss import Loss
from agent_container.server import WatchedServer
from agent_container.task_protection import NotStopped

IDENTITY = "agent-AJ_1"


class FakeLosses:
    def __init__(self) -> None:
        self.told: list[Loss] = []
        self.leaving: list[tuple[str, str, str]] = []
        self.asked = asyncio.Event()
        self.heard = asyncio.Event()
        self.gate: asyncio.Event | None = None
        self.failure: Exception | None = None
        self.closed = False

    async def agent_lost(self, loss: Loss) -> bool:
        self.told.append(loss)
        self.heard.set()
        if self.gate:
            await self.gate.wait()
        if self.failure:
            raise self.failure
        return True

    async def agent_leaving(self, room: str, *, agent_identity: str, job_id: str) -> bool:
        self.leaving.append((room, agent_identity, job_id))
        self.asked.set()
        return True

    async def aclose(self) -> None:
        self.closed = True


def set_up(_process: JobProcess) -> None:
    """A job of these tests needs no models."""


async def talk_for_ever(_ctx: JobContext) -> None:
    await asyncio.Event().wait()


async def talk_until_asked_to_end(_ctx: JobContext) -> None:
    """A call goes on after the entry point has returned."""


async def say_goodbye(ctx: JobContext) -> None:
    ctx.shutdown("the call is over")


class Worker:
    """A worker without a LiveKit server, whose calls are simulated by the framework."""

    def __init__(self, api: FakeLosses) -> None:
        self.server = WatchedServer(
            watch=JobWatch(api),
            evacuation=Evacuation(api),
            guard=CallGuard(NotStopped()),
            ws_url="ws://127.0.0.1:9",
            api_key="key",
            api_secret="s" * 32,
            setup_fnc=set_up,
            port=0,
            num_idle_processes=0,
            initialize_process_timeout=60.0,
            multiprocessing_context="forkserver",
        )

    async def begin_call(self, entry: object) -> ProcJobExecutor:
        self.server.rtc_session(entry, agent_name="test")  # type: ignore[call-overload]
        started = asyncio.Event()
        self.server.once("worker_started", started.set)
        self.running = asyncio.create_task(self.server.run(unregistered=True))
        await started.wait()
        await self.server.simulate_job(room="room-1", fake_job=True, agent_identity=IDENTITY)
        (process,) = self.server._proc_pool.processes
        assert isinstance(process, ProcJobExecutor)
        return process


@pytest.fixture
async def api() -> FakeLosses:
    return FakeLosses()


@pytest.fixture
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server writes its address and keys into the environment; the next test's stack would dial them."""
    for name in ("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"):
        monkeypatch.setenv(name, "")


@pytest.fixture
async def worker(own_environment: None, api: FakeLosses) -> AsyncIterator[Worker]:  # noqa: ARG001
    worker = Worker(api)
    yield worker
    await worker.server.aclose()
    await worker.running


async def test_a_job_that_is_killed_is_told_at_once(worker: Worker, api: FakeLosses) -> None:
    process = await worker.begin_call(talk_for_ever)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)

    async with asyncio.timeout(3):
        await api.heard.wait()

    assert process.running_job
    job_id = process.running_job.job.id
    assert api.told == [Loss(room="room-1", agent_identity=IDENTITY, job_id=job_id, cause="process_died")]


async def test_a_job_that_ends_by_itself_is_no_loss(worker: Worker, api: FakeLosses) -> None:
    process = await worker.begin_call(say_goodbye)

    await process.join()

    assert process.exitcode == 0
    await asyncio.sleep(0)
    assert api.told == []


async def test_a_job_that_hangs_is_killed_after_a_few_seconds_and_is_a_loss(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent_container.job_watch.UNRESPONSIVE_AFTER", 3.5)
    process = await worker.begin_call(talk_for_ever)
    assert process.pid
    os.kill(process.pid, signal.SIGSTOP)

    async with asyncio.timeout(12):
        await process.join()

    loss = loss_of(process)
    assert loss
    assert loss.cause == "unresponsive"


def a_process(*, exitcode: int) -> ProcJobExecutor:
    process = object.__new__(ProcJobExecutor)
    process._running_job, process._exitcode, process._kill_sent = None, exitcode, False
    return process


def test_a_process_that_had_no_call_is_no_loss() -> None:
    assert loss_of(a_process(exitcode=-9)) is None


async def test_a_worker_that_ends_waits_for_its_last_report(worker: Worker, api: FakeLosses) -> None:
    process = await worker.begin_call(talk_for_ever)
    api.gate = asyncio.Event()
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    await api.heard.wait()
    ending = asyncio.create_task(worker.server.aclose())
    await asyncio.sleep(0.2)
    assert not api.closed

    api.gate.set()
    await ending

    assert api.closed


async def test_a_loss_that_nobody_takes_is_logged(
    worker: Worker, api: FakeLosses, caplog: pytest.LogCaptureFixture
) -> None:
    process = await worker.begin_call(talk_for_ever)
    api.failure = ApiUnreachableError("ConnectError")
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    await api.heard.wait()

    await worker.server.aclose()

    assert "the API was not told that an AI was lost" in caplog.text


async def test_a_worker_that_is_stopped_has_its_calls_taken_over(worker: Worker, api: FakeLosses) -> None:
    process = await worker.begin_call(talk_until_asked_to_end)
    assert process.running_job
    draining = asyncio.create_task(worker.server.drain())

    async with asyncio.timeout(3):
        await api.asked.wait()

    assert worker.server.draining
    assert api.leaving == [("room-1", IDENTITY, process.running_job.job.id)]
    await process.aclose()
    await draining
    assert api.told == []
