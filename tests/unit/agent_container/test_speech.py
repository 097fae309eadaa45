"""Ears, mind and mouth are the real plugins, wherever they point."""

from pathlib import Path

import pytest

from agent_container.config import Settings
from agent_container.speech import build_llm, build_session, build_stt, build_tts, load_vad


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)


async def test_without_addresses_the_providers_own_are_used() -> None:
    settings = Settings()

    assert str(build_llm(settings)._client.base_url) == "https://api.openai.com/v1/"
    assert build_llm(settings).model == "gpt-4o"
    assert build_stt(settings).model == "nova-3"


async def test_addresses_are_settings() -> None:
    settings = Settings(
        openai_base_url="http://127.0.0.1:1/v1", deepgram_base_url="http://127.0.0.1:1/v1/listen"
    )

    assert str(build_llm(settings)._client.base_url) == "http://127.0.0.1:1/v1/"
    assert str(build_tts(settings)._client.base_url) == "http://127.0.0.1:1/v1/"
    assert build_stt(settings)._opts.endpoint_url == "http://127.0.0.1:1/v1/listen"


async def test_the_session_answers_fast_and_leaves_fast() -> None:
    session = build_session(Settings(), load_vad())

    assert session.options.endpointing["max_delay"] <= 1.0
    assert session.options.session_close_transcript_timeout <= 0.1
    assert session.options.user_away_timeout is None
