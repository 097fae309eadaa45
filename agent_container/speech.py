"""The ears, the mind and the mouth: LiveKit's plugins, pointed where the settings say."""

import sys
from typing import Any

from livekit.agents import (
    AgentSession,
    APIConnectOptions,
    TurnHandlingOptions,
    inference,
    llm,
    stt,
    tts,
    vad,
)
from livekit.agents.voice.agent_session import SessionConnectOptions

from agent_container.config import Settings, Slot
from agent_container.providers import llm_of, stt_of, tts_of

# After that long without words for what the caller said, the ears are deaf.
_DEAF_AFTER = 2.0


def build_session(settings: Settings) -> AgentSession[None]:
    voice_activity = build_vad()
    return AgentSession(
        vad=voice_activity,
        stt=build_stt(settings, voice_activity),
        llm=build_llm(settings),
        tts=build_tts(settings),
        turn_handling=TurnHandlingOptions(
            # The other version runs on LiveKit Cloud only.
            turn_detection=inference.TurnDetector(version="v1-mini"),
            endpointing={"mode": "fixed", "min_delay": 0.2, "max_delay": 1.0},
            interruption={"mode": "vad", "min_duration": 0.4, "false_interruption_timeout": 1.5},
            preemptive_generation={"enabled": True},
        ),
        conn_options=SessionConnectOptions(
            stt_conn_options=APIConnectOptions(max_retry=2, retry_interval=0.5, timeout=3.0),
            llm_conn_options=APIConnectOptions(max_retry=1, retry_interval=0.3, timeout=5.0),
            tts_conn_options=APIConnectOptions(max_retry=1, retry_interval=0.3, timeout=3.0),
            # A call outlives its providers: a person is called, and the AI goes on when they are back.
            max_unrecoverable_errors=sys.maxsize,
        ),
        transcription_timeout=_DEAF_AFTER,
        # Callers talk from browsers and phones, which cancel echo themselves: listen from the first word.
        aec_warmup_duration=None,
        user_away_timeout=None,
        # On leaving nobody waits for what the caller may have said last.
        session_close_transcript_timeout=0.1,
    )


def build_vad() -> vad.VAD:
    """The framework's own, whose model is loaded in the process that all jobs are forked from."""
    return inference.VAD(min_silence_duration=0.4)


def build_stt(settings: Settings, voice_activity: vad.VAD | None = None) -> stt.STT[Any]:
    first = stt_of(Slot(provider="deepgram", model=settings.stt_model), settings)
    if settings.stt_fallback is None:
        return first
    second = stt_of(settings.stt_fallback, settings)
    return stt.FallbackAdapter(
        [first, second], vad=voice_activity, attempt_timeout=2.0, max_retry_per_stt=0, retry_interval=0.5
    )


def build_llm(settings: Settings) -> llm.LLM[Any]:
    first = llm_of(Slot(model=settings.llm_model), settings)
    if settings.llm_fallback is None:
        return first
    return llm.FallbackAdapter([first, llm_of(settings.llm_fallback, settings)], attempt_timeout=2.0)


def build_tts(settings: Settings) -> tts.TTS[Any]:
    first = tts_of(Slot(model=settings.tts_model, voice=settings.tts_voice), settings)
    if settings.tts_fallback is None:
        return first
    return tts.FallbackAdapter([first, tts_of(settings.tts_fallback, settings)], max_retry_per_tts=0)
