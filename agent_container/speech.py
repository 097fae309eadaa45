"""The ears, the mind and the mouth: LiveKit's plugins, pointed where the settings say."""

from livekit.agents import AgentSession, TurnHandlingOptions, inference, vad
from livekit.agents.types import NOT_GIVEN
from livekit.plugins import deepgram, openai, silero

from agent_container.config import Settings

_DEEPGRAM = "https://api.deepgram.com/v1/listen"
# The plugins insist on some key, also in front of a server on this machine that asks for none.
_NO_KEY = "offline"


def load_vad() -> vad.VAD:
    return silero.VAD.load(min_silence_duration=0.4)


def build_session(settings: Settings, voice_activity: vad.VAD) -> AgentSession[None]:
    return AgentSession(
        vad=voice_activity,
        stt=build_stt(settings),
        llm=build_llm(settings),
        tts=build_tts(settings),
        turn_handling=TurnHandlingOptions(
            # The other version runs on LiveKit Cloud only.
            turn_detection=inference.TurnDetector(version="v1-mini"),
            endpointing={"mode": "fixed", "min_delay": 0.2, "max_delay": 1.0},
            interruption={"mode": "vad", "min_duration": 0.4, "false_interruption_timeout": 1.5},
            preemptive_generation={"enabled": True},
        ),
        # Callers talk from browsers and phones, which cancel echo themselves: listen from the first word.
        aec_warmup_duration=None,
        user_away_timeout=None,
        # On leaving nobody waits for what the caller may have said last.
        session_close_transcript_timeout=0.1,
    )


def build_stt(settings: Settings) -> deepgram.STT:
    return deepgram.STT(
        model=settings.stt_model,
        language=settings.language,
        base_url=settings.deepgram_base_url or _DEEPGRAM,
        api_key=settings.deepgram_api_key.get_secret_value() or _NO_KEY,
    )


def build_llm(settings: Settings) -> openai.LLM:
    return openai.LLM(
        model=settings.llm_model,
        base_url=settings.openai_base_url or NOT_GIVEN,
        api_key=settings.openai_api_key.get_secret_value() or _NO_KEY,
    )


def build_tts(settings: Settings) -> openai.TTS:
    return openai.TTS(
        model=settings.tts_model,
        voice=settings.tts_voice,
        base_url=settings.openai_base_url or NOT_GIVEN,
        api_key=settings.openai_api_key.get_secret_value() or _NO_KEY,
        # Needs no decoder and starts with the first bytes.
        response_format="wav",
    )
