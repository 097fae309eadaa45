"""No protection, no call: how long a task is kept from being stopped, and what follows when it cannot be."""

import asyncio

from agent_container.call_guard import LOOK_EVERY, PROTECTED_MINUTES, RELEASE_AFTER, RENEW_AFTER, CallGuard
from agent_container.errors import UnprotectedError
from tests.unit.agent_container.clock import jumping_clock


class FakeProtection:
    def __init__(self) -> None:
        self.steps: list[str] = []
        self.refuses = False

    async def protect(self, *, minutes: int) -> None:
        self._take(f"protect for {minutes}")

    async def release(self) -> None:
        self._take("release")

    def _take(self, step: str) -> None:
        self.steps.append(step)
        if self.refuses:
            raise UnprotectedError("DEPLOYMENT_BLOCKED")


PROTECT = f"protect for {PROTECTED_MINUTES}"


class Worker:
    def __init__(self) -> None:
        self.protection, self.calls = FakeProtection(), 0
        self.guard = CallGuard(self.protection)
        self.watching = asyncio.create_task(self.guard.watch(lambda: self.calls))

    async def takes_a_call(self) -> bool:
        taken = await self.guard.hold()
        self.calls += taken
        return taken


@jumping_clock
async def test_the_first_call_is_taken_once_the_task_is_protected_and_the_next_without_asking() -> None:
    worker = Worker()

    assert await worker.takes_a_call()
    assert await worker.takes_a_call()

    assert worker.protection.steps == [PROTECT]
    assert PROTECTED_MINUTES * 60 > RENEW_AFTER * 2


@jumping_clock
async def test_two_calls_at_once_ask_once() -> None:
    worker = Worker()

    assert all(await asyncio.gather(worker.takes_a_call(), worker.takes_a_call()))

    assert worker.protection.steps == [PROTECT]


@jumping_clock
async def test_an_unprotected_task_takes_no_call() -> None:
    worker = Worker()
    worker.protection.refuses = True

    assert not await worker.takes_a_call()


@jumping_clock
async def test_protection_is_renewed_for_as_long_as_there_are_calls() -> None:
    worker = Worker()
    await worker.takes_a_call()

    await asyncio.sleep(2 * RENEW_AFTER + 3 * LOOK_EVERY)

    assert worker.protection.steps == [PROTECT] * 3


@jumping_clock
async def test_the_task_is_given_back_once_and_only_some_time_after_the_last_call() -> None:
    worker = Worker()
    await worker.takes_a_call()
    await asyncio.sleep(100)
    worker.calls = 0

    await asyncio.sleep(RELEASE_AFTER - LOOK_EVERY)
    assert worker.protection.steps == [PROTECT]
    await asyncio.sleep(1000)

    assert worker.protection.steps == [PROTECT, "release"]
    assert await worker.takes_a_call()
    assert worker.protection.steps[-1] == PROTECT


@jumping_clock
async def test_a_call_that_is_taken_but_has_not_begun_keeps_the_task() -> None:
    worker = Worker()
    await worker.guard.hold()

    await asyncio.sleep(RELEASE_AFTER - 1)

    assert worker.protection.steps == [PROTECT]


@jumping_clock
async def test_what_cannot_be_renewed_is_tried_again_and_takes_no_further_call() -> None:
    worker = Worker()
    await worker.takes_a_call()
    worker.protection.refuses = True

    await asyncio.sleep(RENEW_AFTER + 3 * LOOK_EVERY)
    assert len(worker.protection.steps) > 2
    assert not await worker.takes_a_call()
    worker.protection.refuses = False

    assert await worker.takes_a_call()


@jumping_clock
async def test_what_cannot_be_given_back_is_tried_again() -> None:
    worker = Worker()
    await worker.guard.hold()
    worker.protection.refuses = True

    await asyncio.sleep(RELEASE_AFTER + 3 * LOOK_EVERY)

    assert worker.protection.steps.count("release") >= 2
