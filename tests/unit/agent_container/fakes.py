"""Small real stand-ins for the worker's neighbours, which record what was asked of them."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from livekit import rtc
from livekit.agents import AgentSession, CloseEvent, CloseReason, io, llm
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, NOT_GIVEN, APIConnectOptions, NotGivenOr

from agent_container.brief import Brief
from agent_container.callback import Callback
from agent_container.errors import ApiUnreachableError
from agent_container.escalation import Escalation, HumanAgent, LeaveCause, OpenRequest, RoomView
from agent_container.exit_ports import Way

ACTIVE = rtc.ParticipantState.PARTICIPANT_STATE_ACTIVE
STANDARD = rtc.ParticipantKind.PARTICIPANT_KIND_STANDARD

NOW = datetime(2026, 11, 24, 23, 14, 5, tzinfo=UTC)
MARIA = "human-agent-maria-1"
JONAS = "human-agent-jonas-1"


def escalation(*, status: str = "notified", people_told: int = 2, name: str = "") -> Escalation:
    return Escalation(id="esc_1", status=status, people_told=people_told, human_name=name)


def human_agent(
    identity: str = MARIA, *, name: str = "Maria", escalation_id: str | None = "esc_1", heard: bool = False
) -> HumanAgent:
    return HumanAgent(identity=identity, name=name, escalation_id=escalation_id, there=True, heard=heard)


class FakeApi:
    """The handoff API as the worker's client shows it."""

    def __init__(self) -> None:
        self.answer: Escalation = escalation()
        self.view = RoomView(escalation=None, human_agents=())
        self.failure: Exception | None = None
        self.open_refusal: Exception | None = None
        self.answer_to_open: Escalation | None = None
        self.opened: list[tuple[str, OpenRequest]] = []
        self.left: list[tuple[str, str, LeaveCause]] = []
        self.cancelled: list[tuple[str, str]] = []
        self.callbacks: list[tuple[str, Callback]] = []
        self.briefs: list[tuple[str, Brief]] = []
        self.brief_failure: Exception | None = None
        self.usually: float | None = None
        self.rooms_asked = 0
        self.closed = False
        self.asked = asyncio.Event()
        self.gate: asyncio.Event | None = None

    def is_up(self) -> None:
        self.failure = None

    def is_down(self) -> None:
        self.failure = ApiUnreachableError("ConnectError")

    async def _answered(self) -> None:
        self.asked.set()
        if self.gate:
            await self.gate.wait()
        if self.failure:
            raise self.failure

    async def open(self, request: OpenRequest, *, idempotency_key: str) -> Escalation:
        self.opened.append((idempotency_key, request))
        await self._answered()
        if self.open_refusal:
            raise self.open_refusal
        return self.answer_to_open or self.answer

    async def get(self, escalation_id: str) -> Escalation:
        del escalation_id
        await self._answered()
        return self.answer

    async def ai_left(
        self, escalation_id: str, *, agent_identity: str, human_identity: str, cause: LeaveCause
    ) -> Escalation:
        del agent_identity
        self.left.append((escalation_id, human_identity, cause))
        await self._answered()
        return self.answer

    async def cancel(self, escalation_id: str, *, cause: str) -> Escalation:
        self.cancelled.append((escalation_id, cause))
        await self._answered()
        return self.answer

    async def leave_callback(self, escalation_id: str, callback: Callback) -> Escalation:
        self.callbacks.append((escalation_id, callback))
        await self._answered()
        return self.answer

    async def usual_wait(self) -> float | None:
        await self._answered()
        return self.usually

    async def put_brief(self, escalation_id: str, brief: Brief) -> None:
        self.briefs.append((escalation_id, brief))
        if self.brief_failure:
            raise self.brief_failure

    async def room(self, room: str, *, attempts: int = 3) -> RoomView:
        del room, attempts
        self.rooms_asked += 1
        await self._answered()
        return self.view

    async def aclose(self) -> None:
        self.closed = True


class FakePresence:
    def __init__(self) -> None:
        self.heard: set[str] = set()
        self.off: set[str] = set()
        self.seats: set[str] = set()

    def is_heard(self, identity: str) -> bool:
        return identity in self.heard

    def is_muted(self, identity: str) -> bool:
        return identity in self.off

    def has_seat(self, identity: str) -> bool:
        return identity in self.seats

    def name_of(self, identity: str) -> str:
        return "Maria from the token" if identity == MARIA else "Jonas from the token"

    def heard_humans(self) -> tuple[str, ...]:
        return tuple(sorted(self.heard))


class FakeVoice:
    def __init__(self) -> None:
        self._silent = False
        self.masked = True
        self.said: list[str] = []
        self.farewells: list[str] = []
        self.farewell_takes = 2.0
        self.failure: Exception | None = None

    def silence(self) -> None:
        self._silent = True

    def unmask(self) -> None:
        assert self._silent, "took a face off that was speaking"
        self.masked = False

    def resume(self) -> None:
        self._silent = False
        self.masked = True

    def is_silent(self) -> bool:
        return self._silent

    def announce(self, text: str) -> None:
        assert not self._silent, "spoke while it had to be silent"
        self.said.append(text)

    async def farewell(self, text: str) -> None:
        if self.failure:
            raise self.failure
        await asyncio.sleep(self.farewell_takes)
        self.farewells.append(text)


class FakeClips:
    """Notes which recorded sentences were begun, and when they were cut off."""

    def __init__(self) -> None:
        self.played: list[str] = []
        self.playing: str | None = None
        self.began = asyncio.Event()

    def play(self, name: str) -> None:
        self.played.append(name)
        self.playing = name
        self.began.set()

    def stop(self) -> None:
        self.playing = None


class FakeClaims:
    def __init__(self) -> None:
        self.names: dict[str, str] = {MARIA: "Maria", JONAS: "Jonas"}
        self.takes = 0.0
        self.failure: Exception | None = None
        self.asked: list[str] = []

    async def holder_name(self, identity: str) -> str | None:
        self.asked.append(identity)
        await asyncio.sleep(self.takes)
        if self.failure:
            raise self.failure
        return self.names.get(identity)


class FakeDeparture:
    def __init__(self) -> None:
        self.left: list[tuple[str, Way]] = []

    async def leave(self, *, human_identity: str, way: Way) -> None:
        self.left.append((human_identity, way))


@dataclass(kw_only=True)
class FakePublication:
    name: str = "microphone"
    kind: int = rtc.TrackKind.KIND_AUDIO
    subscribed: bool = True
    muted: bool = False


@dataclass(kw_only=True)
class FakeParticipant:
    identity: str
    name: str = ""
    state: int = ACTIVE
    kind: int = STANDARD
    attributes: dict[str, str] = field(default_factory=dict)
    track_publications: dict[str, FakePublication] = field(default_factory=dict)
    disconnect_reason: int | None = None
    joined_at: datetime | None = None


@dataclass(kw_only=True)
class FakeLocalPublication(FakePublication):
    sid: str

    async def wait_for_subscription(self) -> None:
        return


@dataclass(kw_only=True)
class FakeLocalParticipant(FakeParticipant):
    """Answers and asks as LiveKit's RPC does, without a room in between."""

    methods: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    answer: str | rtc.RpcError = "[]"
    on_asked: Callable[[], None] = lambda: None
    published: list[rtc.LocalTrack] = field(default_factory=list)
    unpublished: list[str] = field(default_factory=list)
    failure: Exception | None = None
    audience: dict[str, Any] = field(default_factory=dict)
    is_public: bool = True
    written: list[tuple[str, str, list[str]]] = field(default_factory=list)

    async def send_text(self, text: str, *, topic: str, destination_identities: list[str]) -> None:
        self.written.append((text, topic, destination_identities))

    def register_rpc_method(self, name: str, handler: Any) -> None:
        self.methods[name] = handler

    async def perform_rpc(
        self, *, destination_identity: str, method: str, payload: str, response_timeout: float
    ) -> str:
        del payload, response_timeout
        self.asked.append((destination_identity, method))
        self.on_asked()
        if isinstance(self.answer, rtc.RpcError):
            raise self.answer
        return self.answer

    async def publish_track(self, track: rtc.LocalTrack, _options: Any) -> "FakeLocalPublication":
        if self.failure:
            raise self.failure
        self.published.append(track)
        publication = FakeLocalPublication(sid=f"TR_{len(self.published)}", name=track.name)
        self.track_publications[publication.sid] = publication
        return publication

    async def unpublish_track(self, sid: str) -> None:
        self.track_publications.pop(sid, None)
        self.unpublished.append(sid)

    def set_track_subscription_permissions(
        self,
        *,
        allow_all_participants: bool,
        participant_permissions: Sequence[rtc.ParticipantTrackPermission] = (),
    ) -> None:
        """Who may hear what: a person's name, and the tracks or all of them."""
        self.audience = {
            each.participant_identity: "all" if each.allow_all else sorted(each.allowed_track_sids)
            for each in participant_permissions
        }
        self.is_public = allow_all_participants


class FakeRoom(rtc.EventEmitter[Any]):
    """As much of an rtc.Room as the worker looks at."""

    def __init__(self, *present: FakeParticipant) -> None:
        super().__init__()
        self.name = "room-1"
        self.remote_participants = {participant.identity: participant for participant in present}
        self.local_participant = FakeLocalParticipant(identity="agent-AJ_1", joined_at=NOW)
        self.text_handlers: dict[str, Any] = {}
        self.has_been_left = False

    async def disconnect(self) -> None:
        self.has_been_left = True

    @property
    def as_room(self) -> rtc.Room:
        return cast(rtc.Room, self)

    def register_text_stream_handler(self, topic: str, handler: Any) -> None:
        self.text_handlers[topic] = handler

    def joins(self, participant: FakeParticipant) -> None:
        self.remote_participants[participant.identity] = participant
        self.emit("participant_connected", participant)

    def leaves(self, participant: FakeParticipant, reason: int | None = None) -> None:
        participant.disconnect_reason = reason
        self.remote_participants.pop(participant.identity, None)
        self.emit("participant_disconnected", participant)


def another_ai(identity: str = "agent-AJ_0", *, came: float = -60.0, **attributes: str) -> FakeParticipant:
    return FakeParticipant(
        identity=identity,
        kind=rtc.ParticipantKind.PARTICIPANT_KIND_AGENT,
        joined_at=NOW + timedelta(seconds=came),
        attributes={key.replace("_", "."): value for key, value in attributes.items()},
    )


def speaking(identity: str, *, muted: bool = False, **attributes: str) -> FakeParticipant:
    return FakeParticipant(
        identity=identity, attributes=attributes, track_publications={"TR_1": FakePublication(muted=muted)}
    )


Turn = Callable[[llm.ChatContext], llm.ChoiceDelta]


def packet_of(data: bytes, *, participant: object = None, topic: str = "handoff") -> rtc.DataPacket:
    """Without a participant, as what a server sends."""
    return rtc.DataPacket(
        data=data,
        kind=rtc.DataPacketKind.KIND_RELIABLE,
        participant=cast(Any, participant),
        topic=topic,
    )


def says(text: str) -> Turn:
    return lambda _context: llm.ChoiceDelta(role="assistant", content=text)


def calls(tool: str, arguments: str) -> Turn:
    call = llm.FunctionToolCall(name=tool, arguments=arguments, call_id=f"call_{tool}")
    return lambda _context: llm.ChoiceDelta(role="assistant", tool_calls=[call])


class ScriptedLLM(llm.LLM[Any]):
    """Answers turn by turn from a script, and remembers what it was shown."""

    def __init__(self, *turns: Turn) -> None:
        super().__init__()
        self._turns = list(turns)
        self.seen: list[llm.ChatContext] = []
        self.gate: asyncio.Event | None = None
        self.answered = 0

    def chat(
        self,
        *,
        chat_ctx: llm.ChatContext,
        tools: list[llm.Tool] | None = None,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
        parallel_tool_calls: NotGivenOr[bool] = NOT_GIVEN,
        tool_choice: NotGivenOr[llm.ToolChoice] = NOT_GIVEN,
        extra_kwargs: NotGivenOr[dict[str, Any]] = NOT_GIVEN,
    ) -> llm.LLMStream:
        del parallel_tool_calls, tool_choice, extra_kwargs
        self.seen.append(chat_ctx.copy())
        return _ScriptedStream(self, self._turns.pop(0), chat_ctx, tools or [], conn_options)


class _ScriptedStream(llm.LLMStream):
    def __init__(
        self,
        model: ScriptedLLM,
        turn: Turn,
        chat_ctx: llm.ChatContext,
        tools: list[llm.Tool],
        conn_options: APIConnectOptions,
    ) -> None:
        self._turn = turn
        self._model = model
        super().__init__(model, chat_ctx=chat_ctx, tools=tools, conn_options=conn_options)

    async def _run(self) -> None:
        if self._model.gate:
            await self._model.gate.wait()
        self._event_ch.send_nowait(llm.ChatChunk(id="chunk", delta=self._turn(self._chat_ctx)))
        self._model.answered += 1


class FakeSpeech:
    """A speech handle: over when its session says so."""

    def __init__(self) -> None:
        self.over = asyncio.Event()
        self.dropped = False

    def done(self) -> bool:
        return self.over.is_set()

    def interrupt(self, *, force: bool = False) -> None:
        self.dropped = force
        self.over.set()

    def __await__(self) -> Any:
        return self.over.wait().__await__()


class Switch:
    def __init__(self) -> None:
        self.audio: io.AudioOutput | None = None
        self.audio_enabled = True
        self.transcription = True

    def set_audio_enabled(self, enabled: bool) -> None:
        self.audio_enabled = enabled

    def set_transcription_enabled(self, enabled: bool) -> None:
        self.transcription = enabled


class FakeSession(rtc.EventEmitter[Any]):
    """An AgentSession without models: what it was told to do, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.output = Switch()
        self.input = Switch()
        self.steps: list[str] = []
        self.started_with: dict[str, Any] = {}
        self.agent: Any = None
        self.running = True
        self.pause = asyncio.Event()
        self.pause.set()
        self.user_state = "listening"
        self.agent_state = "listening"
        self.current_speech: Any = None
        self.speeches: list[FakeSpeech] = []
        self.llm = None
        self.history = llm.ChatContext.empty()
        self.speaks_for_ever = False
        self.closes = True

    @property
    def as_session(self) -> AgentSession[None]:
        return cast("AgentSession[None]", self)

    async def start(self, agent: Any, **options: Any) -> None:
        self.agent, self.started_with = agent, options

    def say(self, text: str, *, allow_interruptions: bool = True) -> FakeSpeech:
        if not self.running:
            raise RuntimeError("AgentSession isn't running")
        heard = "aloud" if self.output.audio_enabled else "in silence"
        self.steps.append(f"say {heard}{'' if allow_interruptions else ' to the end'}: {text}")
        speech = FakeSpeech()
        self.speeches.append(speech)
        if not self.speaks_for_ever:
            speech.over.set()
        return speech

    def interrupt(self, *, force: bool = False) -> None:
        if not self.running:
            raise RuntimeError("AgentSession isn't running")
        self.steps.append("interrupt by force" if force else "interrupt")

    async def wait_for_idle(self) -> None:
        if not self.running:
            raise RuntimeError("AgentSession isn't running")
        await self.pause.wait()

    def generate_reply(self) -> None:
        self.steps.append("answer")

    def clear_user_turn(self) -> None:
        self.steps.append("clear the caller's turn")

    def shutdown(self, *, drain: bool = True) -> None:
        self.steps.append("shut down, draining" if drain else "shut down")
        if self.closes:
            asyncio.get_running_loop().call_soon(
                self.emit, "close", CloseEvent(reason=CloseReason.USER_INITIATED)
            )
