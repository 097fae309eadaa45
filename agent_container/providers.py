"""LiveKit's plugins for a provider: the one in front, and the one that is taken when it fails."""

from collections.abc import Awaitable, Callable
from typing import Any

from httpx2 import Limits, Timeout
from livekit.agents import llm, stt, tts
from livekit.plugins import deepgram, openai
from openai import AsyncClient, DefaultAsyncHttpxClient

from agent_container.config import Settings, Slot
from agent_container.trust import trust

_DEEPGRAM = "https://api.deepgram.com/v1/listen"
_DEEPGRAM_SPEAK = "https://api.deepgram.com/v1/speak"
_PATIENCE = Timeout(5.0, connect=15.0)
_KEPT_OPEN = 120.0
_NEXT_BYTES_WITHIN = 5.0
_NEXT_BYTES_BEFORE_FALLBACK = 2.5
# The plugins insist on some key, also in front of a server on this machine that asks for none.
_NO_KEY = "offline"


def stt_of(slot: Slot, settings: Settings) -> stt.STT[Any]:
    if slot.provider == "openai":
        return openai.STT(
            model=slot.model,
            language=settings.language.partition("-")[0],
            client=_openai_client(slot, settings),
        )
    return deepgram.STT(
        model=slot.model,
        language=settings.language,
        base_url=slot.base_url or settings.deepgram_base_url or _DEEPGRAM,
        api_key=_deepgram_key(slot, settings),
    )


def llm_of(slot: Slot, settings: Settings) -> llm.LLM[Any]:
    return openai.LLM(model=slot.model, client=_openai_client(slot, settings))


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
        client=_openai_client(slot, settings, event_hooks={"request": [_impatience(settings)]}),
        # Needs no decoder and starts with the first bytes.
        response_format="wav",
    )


def _impatience(settings: Settings) -> Callable[[Any], Awaitable[None]]:
    """The plugin itself waits for half a minute for the next bytes of a sentence."""
    wait = _NEXT_BYTES_WITHIN if settings.tts_fallback is None else _NEXT_BYTES_BEFORE_FALLBACK

    async def shorten(request: Any) -> None:
        request.extensions["timeout"]["read"] = wait

    return shorten


def _openai_client(slot: Slot, settings: Settings, **options: Any) -> AsyncClient:
    """Like the plugins' own clients, of which each would read the list of authorities anew."""
    return AsyncClient(
        base_url=slot.base_url or settings.openai_base_url or None,
        api_key=slot.key.get_secret_value() or settings.openai_api_key.get_secret_value() or _NO_KEY,
        max_retries=0,
        http_client=DefaultAsyncHttpxClient(
            verify=trust(), timeout=_PATIENCE, limits=Limits(keepalive_expiry=_KEPT_OPEN), **options
        ),
    )


def _deepgram_key(slot: Slot, settings: Settings) -> str:
    return slot.key.get_secret_value() or settings.deepgram_api_key.get_secret_value() or _NO_KEY
