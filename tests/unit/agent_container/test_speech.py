"""Ears, mind and mouth are the real plugins, wherever they point."""

from pathlib import Path
from typing import Any, cast

import pytest
from livekit.agents import llm, stt, tts
from livekit.plugins import deepgram, openai

from agent_container.config import Settings, Slot
from agent_container.main import build_client
from agent_container.speech import build_llm, build_session, build_stt, build_tts, build_vad
from agent_container.trust import trust


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)


async def test_without_addresses_the_providers_own_are_used() -> None:
    settings = Settings()
    mind = build_llm(settings)

    assert isinstance(mind, openai.LLM)
    assert str(mind._client.base_url) == "https://api.openai.com/v1/"
    assert mind.model == "gpt-4o"
    assert build_stt(settings).model == "nova-3"


async def test_addresses_are_settings() -> None:
    settings = Settings(
        openai_base_url="http://127.0.0.1:1/v1", deepgram_base_url="http://127.0.0.1:1/v1/listen"
    )

    ears, mind, mouth = build_stt(settings), build_llm(settings), build_tts(settings)

    assert isinstance(ears, deepgram.STT)
    assert isinstance(mind, openai.LLM)
    assert isinstance(mouth, openai.TTS)
    assert str(mind._client.base_url) == "http://127.0.0.1:1/v1/"
    assert str(mouth._client.base_url) == "http://127.0.0.1:1/v1/"
    assert ears._opts.endpoint_url == "http://127.0.0.1:1/v1/listen"


async def test_each_provider_may_have_a_second_one_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOFF_STT_FALLBACK", '{"provider": "openai", "model": "gpt-4o-mini-transcribe"}')
    monkeypatch.setenv(
        "HANDOFF_LLM_FALLBACK", '{"model": "small", "base_url": "http://127.0.0.1:1/v1", "key": "k"}'
    )
    monkeypatch.setenv("HANDOFF_TTS_FALLBACK", '{"provider": "deepgram", "model": "aura-2-andromeda-en"}')
    settings = Settings()

    ears, mind, mouth = build_stt(settings, build_vad()), build_llm(settings), build_tts(settings)

    assert isinstance(ears, stt.FallbackAdapter)
    assert isinstance(mind, llm.FallbackAdapter)
    assert isinstance(mouth, tts.FallbackAdapter)
    assert [each.model for each in mind._llm_instances] == ["gpt-4o", "small"]
    assert next(each.provider for each in ears._stt_instances) == "Deepgram"
    assert isinstance(mouth._tts_instances[1], deepgram.TTS)


def test_the_key_of_a_second_provider_is_not_printed() -> None:
    assert "hidden" not in repr(Slot.model_validate({"model": "small", "key": "hidden"}))


async def test_the_session_answers_fast_and_leaves_fast() -> None:
    session = build_session(Settings())

    assert session.options.endpointing["max_delay"] <= 1.0
    assert session.options.session_close_transcript_timeout <= 0.1
    assert session.options.user_away_timeout is None


async def test_all_connections_trust_one_list_of_authorities() -> None:
    settings = Settings()
    mind, mouth, api = build_llm(settings), build_tts(settings), build_client(settings)

    assert isinstance(mind, openai.LLM)
    assert isinstance(mouth, openai.TTS)
    for http in (mind._client._client, mouth._client._client, api._api._http):
        assert cast(Any, http)._transport._pool._ssl_context is trust()
