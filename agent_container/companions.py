"""What goes along with an AI's session in a call: the watch over it, other ways to a person, the brief."""

from typing import Any

from livekit import rtc
from livekit.agents import AgentSession, llm, tts

from agent_container.brief import Brief
from agent_container.brief_writer import BriefWriter
from agent_container.briefing import Briefing
from agent_container.clip_player import ClipPlayer
from agent_container.config import Settings
from agent_container.confirmation import Confirmation
from agent_container.escalation import Line
from agent_container.escalation_client import EscalationClient
from agent_container.exit_latch import ExitLatch
from agent_container.extract import extract
from agent_container.hold_music import HoldMusic
from agent_container.lifeline import Lifeline
from agent_container.phase import Phase
from agent_container.presence import RoomPresence
from agent_container.private_briefing import PrivateBriefing
from agent_container.private_chat import PrivateChat
from agent_container.sound_track import SoundTrack
from agent_container.transcript import transcript_of
from agent_container.transfer import Transfer
from agent_container.triggers import Triggers
from agent_container.vigil import Patience
from agent_container.voice import SessionVoice

_TURNS = 200


class Companions:
    def __init__(
        self,
        *,
        room: rtc.Room,
        session: AgentSession[Any],
        settings: Settings,
        api: EscalationClient,
        transfer: Transfer,
        latch: ExitLatch,
        voice: SessionVoice,
        clips: ClipPlayer,
        music: SoundTrack,
        whisper: SoundTrack,
        confirmation: Confirmation,
        caller_identity: str,
    ) -> None:
        self._session = session
        self._latch = latch
        self._transfer = transfer
        model = session.llm if isinstance(session.llm, llm.LLM) else None
        self._lifeline = Lifeline(
            session=session,
            voice=voice,
            clips=clips,
            transfer=transfer,
            may_speak=self._is_helping,
            patience=Patience(moment=settings.moment_after, give_up=settings.patience),
        )
        self._triggers = Triggers(
            room=room,
            session=session,
            transfer=transfer,
            announce=latch.announce,
            caller_identity=caller_identity,
            failed_turns=settings.failed_turns,
        )
        self._briefing = Briefing(
            api=api, writer=BriefWriter(model), transcript=self._transcript, awaited=self._is_helping
        )
        self._chat = PrivateChat(room=room, model=model, confirmation=confirmation, brief=self._brief)
        if settings.hold_music:
            HoldMusic(session=session, track=music, waiting=self._is_waiting)
        if settings.private_briefing and isinstance(session.tts, tts.TTS):
            PrivateBriefing(
                room=room,
                track=whisper,
                voice=session.tts,
                presence=RoomPresence(room),
                confirmation=confirmation,
                brief=self._brief,
                awaited=self._is_awaited,
            )
        transfer.on_opened(self._briefing.begin)
        session.on("close", lambda _: self._briefing.end())

    def begin(self) -> None:
        self._lifeline.hold()
        self._chat.open()

    def _is_helping(self) -> bool:
        return self._latch.phase is Phase.HELPING

    def _is_awaited(self) -> bool:
        """Whether the human has not taken over yet."""
        return self._latch.phase in (Phase.HELPING, Phase.PAUSED)

    def _is_waiting(self) -> bool:
        return self._is_helping() and self._transfer.escalation_id is not None

    def _transcript(self) -> tuple[Line, ...]:
        return transcript_of(self._session, lines=_TURNS)

    def _brief(self) -> Brief:
        return self._briefing.latest or extract(self._transcript(), summary=self._transfer.summary)
