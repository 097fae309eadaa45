"""What happens to machines in a scenario: the AI's process dies or hangs, webhooks are lost."""

import asyncio
import os
import signal
from contextlib import suppress

from livekit.api import CreateAgentDispatchRequest, ListRoomsRequest, LiveKitAPI

from local.rehearsal.clock import now
from local.rehearsal.patience import ask_until
from local.rehearsal.scenarios.jobs import job_pid
from local.rehearsal.scenarios.stage import Stage
from local.stack import stack_file
from local.stack.running import deliver_webhooks, roll_worker, set_worker


class Ai:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._struck_at = 0.0

    async def is_killed(self) -> None:
        await self._strike(signal.SIGKILL, step="ai_killed")

    async def is_stopped(self) -> None:
        """It neither dies nor goes on; nothing of it may stay behind when the scenario is over."""
        pid = await self._strike(signal.SIGSTOP, step="ai_stopped")
        self._stage.at_the_end.callback(_kill_if_there, pid)

    async def _strike(self, number: signal.Signals, *, step: str) -> int:
        stage = self._stage
        identity = stage.attendance.audible("ai")
        # Its worker may have been started later than the stack.
        stack = stack_file.read() or stage.stack
        pid = await asyncio.to_thread(job_pid, stack, stage.room)
        os.kill(pid, number)
        self._struck_at = now()
        stage.chronicle.note(step, actor="ai", at=self._struck_at)
        if identity is not None:
            stage.attendance.die(identity, self._struck_at)
        return pid

    async def is_back(self, *, within_s: float) -> float:
        """Another AI's track is there; returns when."""
        there = lambda: self._stage.attendance.audible("ai")  # noqa: E731
        await self._stage.until("an AI's return", there, within_s=within_s)
        return self._stage.chronicle.at("ai_audible") or now()

    async def is_replaced(self, *, within_s: float, limit_s: float) -> None:
        back = await self.is_back(within_s=within_s)
        self._stage.measure("from the fault to the new AI's track", back - self._struck_at, limit_s=limit_s)

    async def is_deployed_anew(self) -> None:
        """Another worker is there before the one that has this call is told to stop; both go on meanwhile."""
        stage = self._stage
        before = {step: stage.chronicle.at(step) for step in ("ai_audible", "ai_gone")}
        self._struck_at = now()
        stage.chronicle.note("deployment_began", actor="worker", at=self._struck_at)
        await asyncio.to_thread(roll_worker, stage.stack)
        stage.chronicle.note("last_worker_ended", actor="worker")
        for step, last in before.items():
            stage.expect((stage.chronicle.at(step) or 0.0) > (last or 0.0), f"nobody noticed: {step}")

    async def leaves(self, *, within_s: float = 8, limit_s: float = 5.0) -> None:
        """Not later than this after the human agent can be heard."""
        stage = self._stage
        heard = stage.chronicle.at("human_audible") or now()
        gone = lambda: (stage.chronicle.at("ai_gone") or 0.0) > heard  # noqa: E731
        await stage.until("the AI's leaving", gone, within_s=within_s)
        left = stage.chronicle.at("ai_gone") or now()
        stage.measure("the AI left after the human agent could be heard", left - heard, limit_s=limit_s)

    async def is_in_a_sentence(self, *, since: float, within_s: float = 15) -> None:
        """It has just begun to speak, and most of the sentence is still to come."""
        heard = self._stage.hearsay.heard[("caller", "ai")]
        await self._stage.until(
            "the AI's next sentence", lambda: heard.first_loud(since=since), within_s=within_s
        )

    def fell_silent(self, *, limit_s: float) -> None:
        """What it was saying when the human agent could be heard was cut."""
        stage = self._stage
        heard = stage.chronicle.at("human_audible") or now()
        spells = stage.hearsay.heard[("caller", "ai")].spells(pause_s=_CUT_S)
        cut = next((each for each in spells if each.began <= heard <= each.ended), None)
        stage.expect(cut is not None, "the AI was not speaking when the human agent could be heard")
        if cut is not None:
            stage.measure("the AI's sentence was cut after", cut.ended - heard, limit_s=limit_s)


# Shorter than any pause between two sentences, longer than a lost packet.
_CUT_S = 0.1


def _kill_if_there(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


async def room_is_closed(stage: Stage, *, within_s: float = 45) -> None:
    """LiveKit keeps an empty room for a while, and a token's wish for an AI counts for a new one only."""
    async with _livekit(stage) as livekit:

        async def closed() -> bool:
            found = await livekit.room.list_rooms(ListRoomsRequest(names=[stage.room]))
            return not found.rooms

        await ask_until("the closing of the room", closed, within_s=within_s, every_s=0.5)
    stage.chronicle.note("room_closed", actor="livekit")


async def call_an_ai(stage: Stage) -> None:
    """Into the room, by somebody who does not ask the row."""
    wanted = CreateAgentDispatchRequest(agent_name=stage.stack.agent_name, room=stage.room)
    async with _livekit(stage) as livekit:
        await livekit.agent_dispatch.create_dispatch(wanted)
    stage.chronicle.note("ai_called", actor="livekit")


def _livekit(stage: Stage) -> LiveKitAPI:
    stack = stage.stack
    url = stack.livekit_url.replace("ws", "http", 1)
    return LiveKitAPI(url, stack.livekit_api_key, stack.livekit_api_secret)


async def say_no_farewell(stage: Stage) -> None:
    """To the scenario's end: one that follows at once could not be told from a sentence that was not cut."""
    stage.at_the_end.callback(set_worker, stage.stack, {})
    await asyncio.to_thread(set_worker, stage.stack, {"HANDOFF_FAREWELL": "off"})


async def lose_webhooks(stage: Stage) -> None:
    """From now to the scenario's end LiveKit's webhooks are answered and dropped."""
    stage.at_the_end.callback(deliver_webhooks, stage.stack, deliver=True)
    await asyncio.to_thread(deliver_webhooks, stage.stack, deliver=False)
    stage.chronicle.note("webhooks_lost", actor="livekit")
