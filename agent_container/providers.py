"""LiveKit's plugins for a provider: the one in front, and the one that is taken when it fails."""

from typing import Any

from livekit.agents import llm, stt, tts
from livekit.agents.types import NOT_GIVEN
from livekit.plugins import deepgram, openai
from openai import AsyncClient, DefaultAsyncHttpxClient

from agent_container.config import Settings, Slot

_DEEPGRAM = "https://api.deepgram.com/v1/listen"
_DEEPGRAM_SPEAK = "https://api.deepgram.com/v1/speak"
_NEXT_BYTES_WITHIN = 5.0
_NEXT_BYTES_BEFORE_FALLBACK = 2.5
# The plugins insist on some key, also in front of a server on this machine that asks for none.
_NO_KEY = "offline"


def stt_of(slot: Slot, settings: Settings) -> stt.STT[Any]:
    if slot.provider == "openai":
        return openai.STT(
            model=slot.model,
            language=settings.language.partition("-")[0],
            base_url=_openai_address(slot, settings),
            api_key=_openai_key(slot, settings),
        )
    return deepgram.STT(
        model=slot.model,
        language=settings.language,
        base_url=slot.base_url or settings.deepgram_base_url or _DEEPGRAM,
        api_key=_deepgram_key(slot, settings),
    )


def llm_of(slot: Slot, settings: Settings) -> llm.LLM[Any]:
    return openai.LLM(
        model=slot.model,
        base_url=_openai_address(slot, settings),
        api_key=_openai_key(slot, settings),
    )


def tts_of(slot: Slot, settings: Settings) -> tts.TTS[Any]:
    if slot.provider == "deepgram":
        return deepgram.TTS(
            model=slot.model,
            base_url=slot.base_url or _DEEPGRAM_SPEAK,
            api_key=_deepgram_key(slot, settings),
        )
    return openai.TTS(
        model=slot.model,
        voice=slot.voice,
        client=_impatient(slot, settings),
        # Needs no decoder and starts with the first bytes.
        response_format="wav",
    )


def _impatient(slot: Slot, settings: Settings) -> AsyncClient:
    """The plugin itself waits for half a minute for the next bytes of a sentence."""
    wait = _NEXT_BYTES_WITHIN if settings.tts_fallback is None else _NEXT_BYTES_BEFORE_FALLBACK

    async def shorten(request: Any) -> None:
        request.extensions["timeout"]["read"] = wait

    address = slot.base_url or settings.openai_base_url
    return AsyncClient(
        base_url=address or None,
        api_key=_openai_key(slot, settings),
        max_retries=0,
        http_client=DefaultAsyncHttpxClient(
            event_hooks={"request": [shorten]},
            # Reading the list of authorities takes long enough to be heard; plain http needs none.
            verify=not address.startswith("http://"),
        ),
    )


def _openai_address(slot: Slot, settings: Settings) -> Any:
    return slot.base_url or settings.openai_base_url or NOT_GIVEN


def _openai_key(slot: Slot, settings: Settings) -> str:
    return slot.key.get_secret_value() or settings.openai_api_key.get_secret_value() or _NO_KEY


def _deepgram_key(slot: Slot, settings: Settings) -> str:
    return slot.key.get_secret_value() or settings.deepgram_api_key.get_secret_value() or _NO_KEY
