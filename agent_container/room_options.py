"""How an AI's session uses the room: it listens to its caller alone, and leaves the room standing."""

from collections.abc import Callable
from typing import Any, Final

from livekit.agents import AgentSession
from livekit.agents.voice.room_io import RoomOptions, TextInputEvent, TextInputOptions

LONGEST: Final = 2_000
_answer = TextInputOptions().text_input_cb


def options_for(caller_identity: str, *, may_answer: Callable[[], bool]) -> RoomOptions:
    return RoomOptions(
        participant_identity=caller_identity,
        text_input=TextInputOptions(text_input_cb=_read_while(may_answer)),
        # Ours: a caller lost by the network must end the call too, but may come back first.
        close_on_disconnect=False,
        delete_room_on_close=False,
    )


def _read_while(may_answer: Callable[[], bool]) -> Callable[..., Any]:
    async def read(session: AgentSession[Any], event: TextInputEvent) -> None:
        """What the caller writes counts as said, but must not reach the AI past its silence."""
        event.text = event.text.strip()[:LONGEST]
        if not event.text:
            return
        await _heard_out(session)
        if may_answer() and (answering := _answer(session, event)):
            await answering

    return read


async def _heard_out(session: AgentSession[Any]) -> None:
    """What may not be cut is said to its end first: asked to cut it, LiveKit's framework loses the words."""
    while (speech := session.current_speech) and not (speech.allow_interruptions or speech.done()):
        await speech.wait_for_playout()
