"""What an operator says about the worker reaches its settings, and a fallback's key only by a secret."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agent_container.config import Settings
from infra.context import load_config
from infra.context_error import ContextError
from local.operator.fields import MORE_KEYS
from tests.infra.templates import Stage, synthesize

_ELSEWHERE = "https://llm.example/v1"
_SAID = {
    "consent": "on",
    "farewell": "off",
    "hold_music": "on",
    "private_briefing": "on",
    "failed_turns": "2",
    "moment_after": "1.5",
    "give_up_after": "6",
    "language": "de-DE",
    "otlp_endpoint": "https://collector.example",
    "stt_model": "nova-2",
    "llm_model": "gpt-4o-mini",
    "tts_model": "tts-1",
    "tts_voice": "echo",
    "stt_fallback": json.dumps({"provider": "openai", "model": "whisper-1"}),
    "llm_fallback": json.dumps({"model": "other", "base_url": _ELSEWHERE}),
    "tts_fallback": json.dumps({"provider": "deepgram", "model": "aura-2"}),
    "avatar": json.dumps({"provider": "bey", "options": {"avatar_id": "a1"}}),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return synthesize("dev", tmp_path_factory.mktemp("told"), **_SAID)


def test_the_worker_starts_with_what_an_operator_said(told: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in told.settings().items():
        monkeypatch.setenv(name, value if isinstance(value, str) else "https://later")
    for name in told.keys():  # noqa: SIM118 - a method, not a dictionary's
        monkeypatch.setenv(name, f"from {name}")

    settings = Settings()

    known = {name: getattr(settings, name) for name in _SAID}
    avatar = known.pop("avatar")
    assert (avatar.provider, avatar.options) == ("bey", {"avatar_id": "a1"})
    assert avatar.key.get_secret_value() == "from HANDOFF_AVATAR__KEY"
    assert {name: value for name, value in known.items() if not name.endswith("_fallback")} == {
        "consent": True,
        "farewell": False,
        "hold_music": True,
        "private_briefing": True,
        "failed_turns": 2,
        "moment_after": 1.5,
        "give_up_after": 6.0,
        "language": "de-DE",
        "otlp_endpoint": "https://collector.example",
        "stt_model": "nova-2",
        "llm_model": "gpt-4o-mini",
        "tts_model": "tts-1",
        "tts_voice": "echo",
    }
    assert {name: _told(known[name]) for name in ("stt_fallback", "llm_fallback", "tts_fallback")} == {
        "stt_fallback": ("openai", "whisper-1", "", ""),
        "llm_fallback": ("openai", "other", _ELSEWHERE, "from HANDOFF_LLM_FALLBACK__KEY"),
        "tts_fallback": ("deepgram", "aura-2", "", ""),
    }


def test_who_is_paid_elsewhere_has_a_secret_that_the_operator_is_asked_for(told: Stage, dev: Stage) -> None:
    added = set(told.template["Outputs"]) - set(dev.template["Outputs"])

    looked_up = {told.template["Parameters"][id_]["Default"] for id_ in _more(told, than=dev)}

    assert added == {"LlmFallbackSecretArn", "AvatarSecretArn"}
    assert looked_up == {f"/handoff/dev/from-make-secrets/{name}" for name in ("llm_fallback", "avatar")}
    assert {"llm_fallback", "avatar"} <= {secret.name for secret in MORE_KEYS}


def test_our_own_avatar_needs_no_secret(dev: Stage, tmp_path: Path) -> None:
    waving = synthesize("dev", tmp_path, avatar='{"provider": "wave"}')

    assert set(waving.template["Outputs"]) == set(dev.template["Outputs"])


def test_every_setting_of_the_worker_can_be_said_or_is_the_stages_own() -> None:
    own = {
        "tracing",
        "stage",
        "api_url",
        "worker_key",
        "agent_name",
        "exit_ways",
        "load_threshold",
        "idle_processes",
    }
    others = ("livekit_", "openai_", "deepgram_", "ecs_", "health_", "log_", "load_", "idle_")

    unsaid = set(Settings.model_fields) - set(_SAID) - own
    assert {name for name in unsaid if not name.startswith(others)} == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("consent", "yes"),
        ("failed_turns", "0"),
        ("moment_after", "soon"),
        ("give_up_after", "0"),
        ("llm_fallback", "gpt-4o"),
        ("llm_fallback", '["model"]'),
        ("stt_fallback", '{"provider": "openai"}'),
        ("avatar", "wave"),
        ("avatar", '{"options": {}}'),
        ("avatar", '{"provider": "bey", "key": "k"}'),
    ],
)
def test_what_makes_no_sense_is_refused(name: str, value: str) -> None:
    with pytest.raises(ContextError, match=name):
        load_config({name: value}.get)


def test_a_key_in_the_context_is_refused_and_not_told_on() -> None:
    with pytest.raises(ContextError, match="llm_fallback") as refused:
        load_config({"llm_fallback": '{"model": "m", "key": "sk-very-secret"}'}.get)

    assert "sk-very-secret" not in str(refused.value)


def _more(told: Stage, *, than: Stage) -> set[str]:
    return set(told.template["Parameters"]) - set(than.template["Parameters"])


def _told(slot: Any) -> tuple[str, str, str, str]:
    return slot.provider, slot.model, slot.base_url, slot.key.get_secret_value()
