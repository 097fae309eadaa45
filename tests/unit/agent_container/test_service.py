"""Running and stopping the worker."""

import asyncio
import json
import logging
import os
import signal
from typing import cast

import pytest
from livekit.agents import AgentServer

from agent_container.service import run_service, serve


class FakeServer:
    def __init__(
        self, *, drains: bool = True, failure: Exception | None = None, stops_itself: int = 0
    ) -> None:
        self.steps: list[str] = []
        self.active_jobs = [object(), object()]
        self._closed = asyncio.Event()
        self._drains = drains
        self._failure = failure
        self._stops_itself = stops_itself

    @property
    def as_server(self) -> AgentServer:
        return cast(AgentServer, self)

    async def run(self) -> None:
        self.steps.append("run")
        if self._failure:
            raise self._failure
        for _ in range(self._stops_itself):
            os.kill(os.getpid(), signal.SIGTERM)
        await self._closed.wait()

    async def drain(self) -> None:
        self.steps.append("drain")
        if not self._drains:
            raise TimeoutError

    async def aclose(self) -> None:
        self.steps.append("close")
        self._closed.set()


async def test_a_worker_told_to_stop_lets_its_calls_end_first() -> None:
    server, stop = FakeServer(), asyncio.Event()
    stop.set()

    await serve(server.as_server, stop)

    assert server.steps == ["run", "drain", "close"]


async def test_calls_that_do_not_end_are_cut_with_an_alarm(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    server, stop = FakeServer(drains=False), asyncio.Event()
    stop.set()

    await serve(server.as_server, stop)

    assert server.steps[-1] == "close"
    assert "calls were still running" in caplog.text
    [figure] = [json.loads(record.getMessage()) for record in caplog.records if record.name == "metrics"]
    assert figure["calls_cut"] == 2


async def test_a_worker_that_fails_says_so_to_its_supervisor() -> None:
    server = FakeServer(failure=ConnectionError("no livekit"))

    with pytest.raises(ConnectionError):
        await serve(server.as_server, asyncio.Event())

    assert server.steps == ["run", "close"]


def test_a_signal_stops_the_service() -> None:
    server = FakeServer(stops_itself=1)

    run_service(server.as_server)

    assert server.steps == ["run", "drain", "close"]


def test_a_second_signal_stops_it_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    codes: list[int] = []
    exited = asyncio.Event()

    def note(code: int) -> None:
        codes.append(code)
        exited.set()

    monkeypatch.setattr(os, "_exit", note)
    server = FakeServer(stops_itself=1)

    async def drain() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        await exited.wait()

    server.drain = drain  # type: ignore[method-assign]
    run_service(server.as_server)

    assert codes == [1]
