"""Waiting ends with the condition or with the deadline, and says for what it waited."""

import asyncio
import time

import pytest

from local.rehearsal.patience import Pulse, TooLateError, ask_until


async def test_a_beat_makes_a_waiter_look_at_once() -> None:
    pulse, seen = Pulse(), list[int]()
    waiting = asyncio.create_task(pulse.until("a number", lambda: seen and seen[0], within_s=5))
    await asyncio.sleep(0)
    seen.append(7)
    pulse.beat()

    assert await asyncio.wait_for(waiting, 0.04) == 7


async def test_what_only_the_clock_fulfils_needs_no_beat() -> None:
    ready = time.monotonic() + 0.08

    assert await Pulse().until("the time", lambda: time.monotonic() >= ready, within_s=2)


async def test_a_deadline_names_what_was_missing() -> None:
    with pytest.raises(TooLateError, match="the AI's greeting did not happen within 0 s"):
        await Pulse().until("the AI's greeting", lambda: None, within_s=0.05)


async def test_asking_stops_with_the_first_answer() -> None:
    answers = iter([None, None, "esc_1", "esc_2"])

    async def ask() -> str | None:
        return next(answers)

    assert await ask_until("an escalation", ask, within_s=2, every_s=0.001) == "esc_1"


async def test_asking_has_a_deadline_too() -> None:
    async def ask() -> str | None:
        return None

    with pytest.raises(TooLateError, match="an SMS"):
        await ask_until("an SMS", ask, within_s=0.02, every_s=0.005)
