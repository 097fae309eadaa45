"""The way in which this began: the AI sees somebody connect, and closes its session."""

import asyncio
import json
import os
from typing import Final

from livekit import rtc
from livekit.agents import Agent, AgentServer, AgentSession, AutoSubscribe, JobContext, cli
from livekit.agents.voice.room_io import RoomOptions
from livekit.plugins import openai

from local.rehearsal.guest import HUMAN_PREFIX

AGENT_NAME: Final = "seed"
server = AgentServer(load_fnc=lambda: 0.0, num_idle_processes=1, host="127.0.0.1", port=0)


@server.rtc_session(agent_name=AGENT_NAME)
async def answer(ctx: JobContext) -> None:
    await ctx.connect(auto_subscribe=AutoSubscribe.AUDIO_ONLY)
    voice = openai.TTS(base_url=os.environ["OPENAI_BASE_URL"], api_key="none", response_format="wav")
    session: AgentSession[None] = AgentSession(tts=voice)
    leaving: set[asyncio.Task[None]] = set()

    def connected(participant: rtc.RemoteParticipant) -> None:
        if participant.identity.startswith(HUMAN_PREFIX):
            leaving.add(asyncio.create_task(leave()))

    async def leave() -> None:
        await session.aclose()
        ctx.shutdown()

    ctx.room.on("participant_connected", connected)
    caller = json.loads(ctx.job.metadata)["caller_identity"]
    await session.start(
        Agent(instructions=""),
        room=ctx.room,
        room_options=RoomOptions(participant_identity=caller),
        record=False,
    )
    while not leaving:
        await session.say("What I have to say takes a while.")


if __name__ == "__main__":
    cli.run_app(server)
