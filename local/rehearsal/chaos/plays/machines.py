"""The AI's process, the worker, the functions and LiveKit die, hang or are replaced."""

import asyncio

from local.rehearsal.chaos.act import Act
from local.rehearsal.chaos.processes import freeze, kill_functions, kill_worker
from local.rehearsal.clock import now
from local.rehearsal.patience import ask_until
from local.rehearsal.scenarios.jobs import NoJobError
from local.stack.running import restart_livekit

_WEDGED_WITHIN_S = 20.0
_FREEZE_S = 3.0


async def ai_killed(act: Act) -> None:
    await act.is_asked_for_a_person()
    await act.ai.is_killed()
    await act.ai.is_replaced(within_s=40, limit_s=act.replaced_within_s)
    await act.is_taken_over()
    await act.hangs_up()


async def ai_killed_while_asking(act: Act) -> None:
    """At any moment around the request: before, while and after it is made."""
    await act.asks()
    await asyncio.sleep(act.dice.uniform(0, 0.6))
    await act.ai.is_killed()
    await act.ai.is_replaced(within_s=40, limit_s=act.replaced_within_s)
    if not await act.rows.all():
        act.asks_again()
    await act.maria.is_told()
    await act.is_taken_over()
    await act.hangs_up()


async def ai_killed_while_a_person_comes(act: Act) -> None:
    await act.is_asked_for_a_person()
    await act.maria.claims()
    coming = asyncio.create_task(act.maria.joins())
    await asyncio.sleep(act.dice.uniform(0, 2))
    try:
        await act.ai.is_killed()
    except NoJobError:
        act.stage.figures.append("it had made room already")
    await coming
    await act.is_heard(act.maria)
    await act.hangs_up()


async def ai_stopped(act: Act) -> None:
    await act.is_asked_for_a_person()
    await act.ai.is_stopped()
    await act.ai.is_replaced(within_s=90, limit_s=_WEDGED_WITHIN_S)
    await act.is_taken_over()
    await act.hangs_up()


async def ai_stopped_when_a_person_comes(act: Act) -> None:
    """It neither hears of the person nor leaves: somebody else removes it."""
    await act.is_asked_for_a_person()
    await act.maria.claims()
    await act.ai.is_stopped()
    await act.is_joined(by=act.maria, within_s=15)
    await act.hangs_up()


async def worker_killed(act: Act) -> None:
    """The whole task at once: nobody is left to tell, LiveKit finds out."""
    await act.is_asked_for_a_person()
    struck = now()
    identity = act.stage.attendance.audible("ai")
    kill_worker()
    if identity is not None:
        act.stage.attendance.die(identity, struck)
    back = await act.ai.is_back(within_s=90)
    act.stage.measure("from the task's end to the new AI's track", back - struck, limit_s=60)
    await act.is_taken_over()
    await act.hangs_up()


async def worker_replaced(act: Act) -> None:
    await act.is_asked_for_a_person()
    await act.ai.is_deployed_anew()
    await act.is_taken_over()
    await act.hangs_up()


async def functions_killed(act: Act) -> None:
    """Every process of the functions, in the middle of whatever it does; the next call starts cold."""
    await act.asks()
    await asyncio.sleep(act.dice.uniform(0, 0.5))
    act.stage.figures.append(f"{await asyncio.to_thread(kill_functions)} processes were killed")
    await act.maria.is_told(within_s=90)
    await act.maria.claims_in_the_end()
    await act.is_joined(by=act.maria)
    await act.hangs_up(within_s=30)


async def livekit_restarted(act: Act) -> None:
    """With the same keys and without any of its rooms; whoever was in one comes back by themselves."""
    await act.is_asked_for_a_person()
    await asyncio.to_thread(restart_livekit, act.stage.stack)
    struck = now()
    await ask_until("the AI's voice", lambda: _answers_since(act, struck), within_s=60, every_s=2)
    act.stage.measure("the AI was heard again after", now() - struck, limit_s=40)
    await act.is_taken_over()
    await act.hangs_up(within_s=30)


async def _answers_since(act: Act, at: float) -> float | None:
    """Asked until it answers: what is typed while nobody is there is lost."""
    act.caller.types("Are you still there?")
    return act.stage.hearsay.heard[("caller", "ai")].first_loud(since=at + _FREEZE_S)


async def livekit_frozen(act: Act) -> None:
    await act.is_asked_for_a_person()
    await act.maria.claims()
    await freeze("livekit-server", for_s=_FREEZE_S)
    await act.is_joined(by=act.maria)
    await act.hangs_up(within_s=20)
