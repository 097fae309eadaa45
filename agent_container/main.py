"""The worker: what it answers, whom it refuses, and the job it runs for each call."""

import asyncio
import logging
import math
import sys
from collections.abc import Callable
from functools import partial

from livekit.agents import AgentServer, AgentSession, AutoSubscribe, JobContext, JobProcess, JobRequest
from livekit.agents.utils.hw import get_cpu_monitor

from agent_container.agent import HandoffAgent
from agent_container.avatars import module_of
from agent_container.call import CallJob
from agent_container.call_guard import CallGuard
from agent_container.caller import find_caller
from agent_container.config import DRAIN_SECONDS, Settings, settings_of_jobs
from agent_container.console import CONSOLE_CALL, write_line
from agent_container.dispatch import Dispatch
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation_client import EscalationClient
from agent_container.evacuation import Evacuation
from agent_container.job_watch import JobWatch
from agent_container.narration import Narration, in_colour
from agent_container.server import WatchedServer
from agent_container.speech import build_session
from agent_container.task_protection import EcsAgent, NotStopped
from agent_container.tracing import Tell, to_nobody
from agent_container.transfer import Call, Transfer
from agent_container.voice import SessionVoice

logger = logging.getLogger(__name__)

_REPORT_SECONDS = 20.0
_ASKED_WITHIN = 2.0
# Imported once for all jobs: what the plugins import late would stall the first answer of each call.
PRELOADED = [
    "agent_container.main",
    "agent_container.inheritance",
    "anyio._backends._asyncio",
    "httpcore2",
    "openai.resources.audio",
    "openai.resources.chat.completions",
    "numpy.fft",
    "livekit.agents.llm.async_toolset",
    "livekit.agents.ipc._preload",
    "agent_container.immortal",
]
_SETTINGS = "settings"

SessionFactory = Callable[[Settings], AgentSession[None]]


def build_server(settings: Settings) -> AgentServer:
    api = build_client(settings, deadline=_REPORT_SECONDS)
    guard = CallGuard(EcsAgent(settings.ecs_agent_uri) if settings.ecs_agent_uri else NotStopped())
    server = WatchedServer(
        watch=JobWatch(api),
        evacuation=Evacuation(api),
        guard=guard,
        ws_url=settings.livekit_url,
        api_key=settings.livekit_api_key,
        api_secret=settings.livekit_api_secret.get_secret_value(),
        setup_fnc=prewarm,
        drain_timeout=DRAIN_SECONDS,
        session_end_timeout=5.0,
        shutdown_process_timeout=20.0,
        initialize_process_timeout=60.0,
        preload_modules=([module_of(settings.avatar)] if settings.avatar else []) + PRELOADED,
        # The health check runs on the same machine; nobody else needs to reach it.
        host="127.0.0.1",
        port=settings.health_port,
        load_threshold=(threshold := _load_threshold(settings)),
        # LiveKit itself offers nothing to a worker whose load is over its own target, whatever ours is.
        load_fnc=_no_load if math.isinf(threshold) else None,
        num_idle_processes=_idle_processes(settings),
    )
    on_request = partial(take_or_refuse, guard=guard, api=api)
    server.rtc_session(answer, agent_name=settings.agent_name, on_request=on_request)
    return server


def prewarm(process: JobProcess) -> None:
    process.userdata[_SETTINGS] = settings_of_jobs()


async def take_or_refuse(request: JobRequest, *, guard: CallGuard, api: EscalationClient) -> None:
    if not await guard.hold():
        logger.error(
            "refused a call that this task could be stopped under", extra={"room": request.room.name}
        )
        await request.reject(terminate=False)
    elif await human_is_active(api, request.room.name):
        logger.info("refused a call that a human already has", extra={"room": request.room.name})
        await request.reject(terminate=True)
    else:
        await request.accept(name="Assistant")


async def human_is_active(api: EscalationClient, room: str) -> bool:
    """False when the API cannot tell: a caller with two voices is better off than one with none."""
    try:
        async with asyncio.timeout(_ASKED_WITHIN):
            return (await api.room(room)).human_is_active
    except (ApiUnreachableError, ApiRefusedError, TimeoutError) as error:
        facts = {"room": room, "error": type(error).__name__}
        logger.warning("the API did not tell whether a human has the call", extra=facts)
        return False


async def answer(ctx: JobContext) -> None:
    settings = ctx.proc.userdata[_SETTINGS]
    ctx.log_context_fields = {"room": ctx.job.room.name, "job_id": ctx.job.id}
    if ctx.is_fake_job():
        await answer_console(ctx, settings)
    else:
        await answer_call(ctx, settings)


async def answer_call(
    ctx: JobContext, settings: Settings, make_session: SessionFactory = build_session
) -> None:
    await ctx.connect(auto_subscribe=AutoSubscribe.AUDIO_ONLY)
    call = Call(
        room=ctx.job.room.name,
        room_sid=ctx.job.room.sid,
        caller_identity=Dispatch.parse(ctx.job.metadata).caller_identity or await find_caller(ctx.room),
        agent_identity=ctx.room.local_participant.identity,
    )
    session = make_session(settings)
    tell = _export(ctx, settings, session) if settings.otlp_endpoint else to_nobody
    api = build_client(settings, tell=tell)
    await CallJob(ctx=ctx, settings=settings, session=session, api=api, call=call).start()


def _export(ctx: JobContext, settings: Settings, session: AgentSession[None]) -> Tell:
    """Loaded only when asked for."""
    from agent_container.telemetry import telemetry

    figures = telemetry(endpoint=settings.otlp_endpoint, stage=settings.stage)
    return figures.follow(session, at_the_end=ctx.add_shutdown_callback)


async def answer_console(
    ctx: JobContext, settings: Settings, make_session: SessionFactory = build_session
) -> None:
    """Talk in a terminal: no room, and no human can come, which the tool says when nothing answers."""
    session = make_session(settings)
    agent = HandoffAgent(
        transfer=Transfer(api=build_client(settings), call=CONSOLE_CALL),
        announce=SessionVoice(session).announce,
    )
    Narration(write_line, colour=in_colour(sys.stdout)).follow(session)
    await session.start(agent, room=ctx.room, session_host=False, record=False)


def build_client(settings: Settings, *, deadline: float = 8.0, tell: Tell = to_nobody) -> EscalationClient:
    return EscalationClient(
        base_url=settings.api_url,
        key=settings.worker_key.get_secret_value(),
        deadline=deadline,
        tracing=settings.tracing,
        tell=tell,
    )


def _load_threshold(settings: Settings) -> float:
    """A laptop is busy with the whole stack and would never be offered a call at the usual threshold."""
    if settings.load_threshold is not None:
        return settings.load_threshold
    return 0.7 if settings.deployed else math.inf


def _no_load() -> float:
    return 0.0


def _idle_processes(settings: Settings) -> int:
    if settings.idle_processes is not None:
        return settings.idle_processes
    return math.ceil(get_cpu_monitor().cpu_count()) if settings.deployed else 1
