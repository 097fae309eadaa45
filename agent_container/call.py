"""One call from the worker's side: everything that is alive while the AI is in a room, wired together."""

import asyncio

from livekit.agents import AgentSession, CloseEvent, CloseReason, JobContext

from agent_container import hold_music, private_briefing
from agent_container.agent import agent_for
from agent_container.arrival import Arrival, NotNeededError
from agent_container.caller import CallerWatch
from agent_container.claims import ApiClaims
from agent_container.clip_player import ClipPlayer
from agent_container.companions import Companions
from agent_container.config import Settings
from agent_container.confirmation import Confirmation
from agent_container.departure import JobDeparture
from agent_container.dispatch import Dispatch
from agent_container.escalation_client import EscalationClient
from agent_container.exit_latch import ExitLatch
from agent_container.last_words import LastWords
from agent_container.phase import Phase
from agent_container.presence import RoomPresence
from agent_container.relief import Relief
from agent_container.request_watch import RequestWatch
from agent_container.room_options import options_for
from agent_container.signals import listen_for_humans
from agent_container.sound_track import SoundTrack
from agent_container.transfer import Call, Transfer
from agent_container.visits import face_for
from agent_container.voice import SessionVoice


class CallJob:
    def __init__(
        self,
        *,
        ctx: JobContext,
        settings: Settings,
        session: AgentSession[None],
        api: EscalationClient,
        call: Call,
    ) -> None:
        self._ctx = ctx
        self._settings = settings
        self._session = session
        self._api = api
        self._call = call
        self._dispatch = Dispatch.parse(ctx.job.metadata)
        previous = self._dispatch.escalation_id if self._dispatch.resume else None
        self._transfer = Transfer(api=api, call=call, previous=previous)
        self._transfer.on_opened(self._name_in_logs)
        self._begun = self._is_over = False
        self._leaving: asyncio.Task[None] | None = None
        self._caller = CallerWatch(room=ctx.room, identity=call.caller_identity, hang_up=self._follow_caller)
        self._presence = RoomPresence(ctx.room)
        self._claims = ApiClaims(api=api, room=call.room, transfer=self._transfer)
        self._confirmation = Confirmation(claims=self._claims, presence=self._presence)
        self._departure = JobDeparture(
            api=api,
            claims=self._claims,
            agent_identity=call.agent_identity,
            session=session,
            end_job=ctx.shutdown,
        )
        clips = ClipPlayer(ctx.room)
        music = SoundTrack(ctx.room, name=hold_music.TRACK)
        whisper = SoundTrack(ctx.room, name=private_briefing.TRACK)
        self._face = face_for(ctx=ctx, settings=settings, session=session)
        voice = SessionVoice(session, clips, music, whisper, face=self._face)
        self._latch = ExitLatch(
            presence=self._presence,
            voice=voice,
            confirmation=self._confirmation,
            departure=self._departure,
            farewell=settings.farewell,
        )
        self._arrival = Arrival(
            room=ctx.room,
            dispatch=self._dispatch,
            presence=self._presence,
            confirmation=self._confirmation,
            agent_name=settings.agent_name,
        )
        self._relief = Relief(
            room=ctx.room,
            session=session,
            latch=self._latch,
            hang_up=self._hang_up,
            agent_name=settings.agent_name,
        )
        self._companions = Companions(
            room=ctx.room,
            session=session,
            settings=settings,
            api=api,
            transfer=self._transfer,
            latch=self._latch,
            voice=voice,
            clips=clips,
            music=music,
            whisper=whisper,
            confirmation=self._confirmation,
            caller_identity=call.caller_identity,
        )
        self._last_words = LastWords(
            api=api,
            transfer=self._transfer,
            departure=self._departure,
            latch=self._latch,
            caller=self._caller,
        )

    async def start(self) -> None:
        self._ctx.add_shutdown_callback(self._last_words.say)
        try:
            past = await self._arrival.past(self._api)
        except NotNeededError as reason:
            self._ctx.shutdown(str(reason))
            return
        if self._is_over and self._caller.left:
            self._ctx.shutdown("the caller has left")
            return
        self._begun = True
        self._listen()
        self._companions.begin()
        await self._session.start(
            agent_for(
                past,
                transfer=self._transfer,
                announce=self._latch.announce,
                consent=self._settings.consent,
            ),
            room=self._ctx.room,
            room_options=options_for(
                self._call.caller_identity, may_answer=lambda: self._latch.phase is Phase.HELPING
            ),
            # Otherwise everybody in the room could read the tools' answers and the instructions.
            session_host=False,
            record=False,
        )
        # The greeting does not wait for it.
        self._face.show()
        self._relief.offer()
        if past and past.owes_an_answer:
            self._session.generate_reply()

    def _listen(self) -> None:
        signals = listen_for_humans(
            room=self._ctx.room,
            latch=self._latch,
            presence=self._presence,
            confirmation=self._confirmation,
            transfer=self._transfer,
            ways=self._settings.exit_ways,
        )
        watch = RequestWatch(api=self._api, transfer=self._transfer, over=signals.over)
        self._session.on("close", lambda _: watch.end())
        self._session.on("close", self._on_session_closed)

    def _on_session_closed(self, event: CloseEvent) -> None:
        self._last_words.ai_failed = event.reason is CloseReason.ERROR
        self._departure.session_closed()

    def _name_in_logs(self, escalation_id: str, _summary: str) -> None:
        self._ctx.log_context_fields["escalation_id"] = escalation_id

    def _follow_caller(self) -> None:
        self._is_over = True
        # A session that has not begun cannot be ended: whoever comes back finds one that begins.
        if self._begun:
            self._hang_up()
            # Cutting words off takes the session up to five seconds, deaf to a caller who calls again.
            self._leaving = asyncio.create_task(self._ctx.room.disconnect())

    def _hang_up(self) -> None:
        # Nothing more is said, which would keep the session from closing.
        self._latch.step_aside()
        self._session.shutdown(drain=False)
