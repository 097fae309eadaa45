"""People do not come, come twice, drop, change their mind, or only look as if they were there."""

import asyncio

from local.rehearsal.chaos.act import Act
from local.rehearsal.chaos.bare_join import joined_without_media
from local.rehearsal.chaos.faults import answered, cut_after
from local.rehearsal.chaos.intruder import Intruder, impostor_token
from local.rehearsal.clock import now
from local.rehearsal.scenarios.machines import call_an_ai

_ANSWER_S, _CLAIM_S, _LATE_S = 45, 60, 15
_REMOVED_WITHIN_S = 20.0
_STAYS_S = 3.0


async def undisturbed(act: Act) -> None:
    await act.goes_well()


async def asked_many_times(act: Act) -> None:
    """By the key, in writing, and all at once."""
    await act.asks()
    for _ in range(act.dice.randint(2, 5)):
        act.caller.presses("0")
        act.caller.types("I want to talk to a human, please.")
    await act.maria.is_told()
    await act.is_taken_over()
    await act.hangs_up()


async def answer_lost(act: Act) -> None:
    """The request is stored, and the AI does not hear of it: it asks again with the same key."""
    fault = act.fault("api", cut_after, path="/v1/escalations", most=act.dice.randint(1, 2))
    with act.detour.hurt(fault):
        await act.goes_well()


async def api_busy(act: Act) -> None:
    """As a function that has no room for one more call."""
    fault = act.fault("api", answered(503), path="/v1/escalations", most=act.dice.randint(1, 2))
    with act.detour.hurt(fault):
        await act.goes_well()


async def joins_muted(act: Act) -> None:
    await act.is_asked_for_a_person()
    await act.maria.claims()
    await act.maria.joins_muted()
    await asyncio.sleep(act.dice.uniform(0, 6))
    await act.maria.unmutes()
    await act.ai.leaves()
    await act.is_heard(act.maria)
    await act.hangs_up()


async def joins_without_media(act: Act) -> None:
    """Their network lets no sound pass: the claim is given up, and they try again."""
    await act.is_asked_for_a_person()
    await act.maria.claims()
    async with joined_without_media(act.stage.stack, str(act.maria.seat["token"])):
        await act.maria.is_told(within_s=act.stage.scaled(_CLAIM_S) + _LATE_S + 10)
    await act.is_taken_over()
    await act.hangs_up()


async def drops(act: Act) -> None:
    await act.is_asked_for_a_person()
    await act.is_taken_over()
    act.maria.drops()
    dropped = now()
    back = await act.ai.is_back(within_s=90)
    act.stage.measure("the AI was back after the person's device died", back - dropped, limit_s=35)
    await act.caller.leaves()
    await act.rows.reaches("handed_back")


async def drops_and_returns(act: Act) -> None:
    """Before or after LiveKit has noticed."""
    await act.is_asked_for_a_person()
    await act.is_taken_over()
    act.maria.drops()
    await asyncio.sleep(act.dice.uniform(1, 12))
    await act.maria.claims()
    await act.maria.joins()
    await act.is_heard(act.maria)
    await act.hangs_up()


async def caller_leaves(act: Act) -> None:
    """While they wait, when somebody has claimed, or in the very moment in which the person joins."""
    await act.is_asked_for_a_person()
    moment = act.dice.choice(("waiting", "claimed", "joining"))
    if moment != "waiting":
        await act.maria.claims()
    if moment == "joining":
        await act.maria.enters(muted=False)
        await asyncio.sleep(act.dice.uniform(0, 2))
    await act.hangs_up("cancelled", "completed")
    answer = await act.maria.presses("claim")
    act.stage.expect(answer.status == 410, f"the link answered {answer.status} after the caller had left")


async def calls_again(act: Act) -> None:
    """The same room, which LiveKit still has, and perhaps the AI as well."""
    await act.is_asked_for_a_person()
    await act.hangs_up("cancelled")
    await asyncio.sleep(act.dice.uniform(0, 4))
    await act.goes_well()


async def nobody_comes(act: Act) -> None:
    await act.is_asked_for_a_person()
    tier = act.stage.scaled(_ANSWER_S) + _LATE_S
    await act.jonas.is_told(within_s=tier)
    await act.rows.reaches("unanswered", within_s=tier)
    await act.caller.is_told("nobody is free right now")
    await act.hangs_up("unanswered")


async def message_unread(act: Act) -> None:
    """The provider took it, and nobody ever saw it: the next tier is told in time."""
    await act.is_asked_for_a_person()
    await act.jonas.is_told(within_s=act.stage.scaled(_ANSWER_S) + _LATE_S)
    await act.is_taken_over(by=act.jonas)
    await act.hangs_up()


async def ai_called_again(act: Act) -> None:
    """By a restart, a stale dispatch, anybody: beside a person who talks it has no place."""
    await act.is_asked_for_a_person()
    await act.is_taken_over()
    await call_an_ai(act.stage)
    await asyncio.sleep(5)
    await act.is_heard(act.maria)
    await act.hangs_up()


async def impostor(act: Act) -> None:
    """A participant who bears a human agent's name and holds no claim."""
    await act.is_asked_for_a_person()
    identity, token = impostor_token(act.stage.stack, act.stage.room)
    async with Intruder(act.stage.stack, token) as intruder:
        gone = await act.is_rid_of(identity, within_s=_REMOVED_WITHIN_S)
        act.stage.measure(
            "an impostor was removed after", max(0.0, gone - intruder.came), limit_s=_REMOVED_WITHIN_S
        )
    await act.is_taken_over()
    await act.hangs_up()


async def second_human(act: Act) -> None:
    """Somebody who was invited earlier comes in beside the person who has the call, and goes again."""
    invitation = await act.stage.desk.join_url(act.stage.room, "human_agent")
    await act.is_asked_for_a_person()
    await act.is_taken_over()
    async with Intruder(act.stage.stack, str(invitation["token"])):
        await asyncio.sleep(_STAYS_S)
    await asyncio.sleep(_STAYS_S)
    row = await act.rows.reaches("connected")
    act.stage.expect(row["claim"]["name"] == act.maria.name, "the second human has the call now")
    await act.is_heard(act.maria)
    await act.hangs_up()


async def comes_back_removed(act: Act) -> None:
    """Whoever gave the call back comes in again with the token that they still have."""
    await act.is_asked_for_a_person()
    await act.is_taken_over()
    identity, token = str(act.maria.seat["identity"]), str(act.maria.seat["token"])
    answer = await act.maria.presses("hand-back")
    act.stage.expect(answer.status == 200, f"giving back was answered with {answer.status}")
    await act.ai.is_back(within_s=30)
    await act.is_rid_of(identity, within_s=30)
    async with Intruder(act.stage.stack, token) as intruder:
        gone = await act.is_rid_of(identity, within_s=_REMOVED_WITHIN_S)
        act.stage.measure("removed again after", max(0.0, gone - intruder.came), limit_s=_REMOVED_WITHIN_S)
    await act.hangs_up("handed_back")
