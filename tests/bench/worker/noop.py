"""The least that LiveKit's framework calls an AI: it connects to the room, and that is all."""

from typing import Final

from livekit.agents import AgentServer, AutoSubscribe, JobContext, cli

AGENT_NAME: Final = "noop"
IDLE: Final = 2
server = AgentServer(load_fnc=lambda: 0.0, num_idle_processes=IDLE, host="127.0.0.1", port=0)


@server.rtc_session(agent_name=AGENT_NAME)
async def answer(ctx: JobContext) -> None:
    await ctx.connect(auto_subscribe=AutoSubscribe.AUDIO_ONLY)


if __name__ == "__main__":
    cli.run_app(server)
