"""One sentence in a call of its own: said after the greeting, and watched until the stack has decided."""

import secrets
from dataclasses import dataclass

from local.rehearsal.clock import now
from local.rehearsal.desk import Desk, DeskError
from local.rehearsal.patience import TooLateError, ask_until
from local.rehearsal.solo import PAUSE_S, Solo
from local.stack.stack_file import StackFile

# The tool is called before the AI answers; this is for the row to be seen.
_GRACE_S = 1.5
_DECIDED_WITHIN_S = 40.0


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a person was called, and how long after the sentence's end that was clear."""

    called: bool
    after_s: float
    failure: str = ""


async def decide(stack: StackFile, text: str) -> Decision:
    call = _Call(stack)
    try:
        return await call.hear(text)
    except (TooLateError, DeskError) as error:
        return Decision(called=False, after_s=0.0, failure=str(error))
    finally:
        await call.end()


class _Call:
    def __init__(self, stack: StackFile) -> None:
        self._stack, self._desk, self._caller = stack, Desk(stack), Solo()
        self._room = f"sentence-{secrets.token_hex(4)}"

    async def hear(self, text: str) -> Decision:
        invitation = await self._desk.join_url(self._room, "caller")
        await self._caller.guest.join(self._stack.livekit_url, str(invitation["token"]))
        await self._caller.is_greeted()
        said = await self._caller.mouth.say(text)
        verdict = await ask_until("a decision", lambda: self._verdict(said.ended), within_s=_DECIDED_WITHIN_S)
        return Decision(called=verdict == "called", after_s=round(now() - said.ended, 1))

    async def end(self) -> None:
        await self._caller.guest.leave()
        await self._desk.close()

    async def _verdict(self, since: float) -> str | None:
        if await self._desk.open_escalation(self._room):
            return "called"
        answered = self._caller.ear.of("ai").first_loud(since=since) is not None
        return "not called" if answered and self._caller.ai_paused(for_s=PAUSE_S + _GRACE_S) else None
