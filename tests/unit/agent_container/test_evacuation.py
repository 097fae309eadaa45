"""A worker that is being stopped asks again and again for somebody who takes its calls over."""

import asyncio

from livekit.agents.job import JobAcceptArguments, RunningJobInfo
from livekit.protocol.agent import Job
from livekit.protocol.models import Room

from agent_container.errors import ApiUnreachableError
from agent_container.evacuation import AGAIN_AFTER, Evacuation
from tests.unit.agent_container.clock import jumping_clock


def a_call(number: int) -> RunningJobInfo:
    return RunningJobInfo(
        accept_arguments=JobAcceptArguments(name="", identity=f"agent-AJ_{number}", metadata=""),
        job=Job(id=f"AJ_{number}", room=Room(name=f"room-{number}")),
        url="",
        token="",
        worker_id="",
        fake_job=False,
    )


class FakeRelievers:
    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.down = False

    async def agent_leaving(self, room: str, *, agent_identity: str, job_id: str) -> bool:
        self.asked.append((room, agent_identity, job_id))
        if self.down:
            raise ApiUnreachableError("ConnectError")
        return True


ONE, TWO = (("room-1", "agent-AJ_1", "AJ_1"), ("room-2", "agent-AJ_2", "AJ_2"))


@jumping_clock
async def test_only_the_calls_that_are_left_are_asked_for_again() -> None:
    api, calls = FakeRelievers(), [a_call(1), a_call(2)]
    running = asyncio.create_task(Evacuation(api).run(lambda: calls))

    await asyncio.sleep(AGAIN_AFTER / 2)
    calls.pop()
    await asyncio.sleep(AGAIN_AFTER)
    running.cancel()

    assert api.asked == [ONE, TWO, ONE]


@jumping_clock
async def test_an_api_that_does_not_answer_is_asked_again() -> None:
    api = FakeRelievers()
    api.down = True
    running = asyncio.create_task(Evacuation(api).run(lambda: [a_call(1)]))

    await asyncio.sleep(AGAIN_AFTER * 1.5)

    assert api.asked == [ONE, ONE]
    assert not running.done()
    running.cancel()
