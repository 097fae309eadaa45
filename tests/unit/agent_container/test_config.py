"""The worker's settings."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from agent_container.config import Settings
from agent_container.errors import ConfigurationError

DEPLOYED = {
    "HANDOFF_STAGE": "prod",
    "LIVEKIT_URL": "wss://livekit.example",
    "LIVEKIT_API_KEY": "key",
    "LIVEKIT_API_SECRET": "0123456789abcdef0123456789abcdef",
    "OPENAI_API_KEY": "sk",
    "DEEPGRAM_API_KEY": "dg",
    "HANDOFF_API_URL": "https://api.example",
    "HANDOFF_WORKER_KEY": "worker",
    "ECS_AGENT_URI": "http://169.254.170.2/api/task",
}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
        monkeypatch.delenv(f"HANDOFF_{field.upper()}", raising=False)


def deploy(monkeypatch: pytest.MonkeyPatch, **changes: str) -> Settings:
    for name, value in (DEPLOYED | changes).items():
        monkeypatch.setenv(name, value)
    return Settings()


def test_a_laptop_needs_only_livekit(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="LIVEKIT_URL is not set"):
        Settings().refuse_half_configured()

    for name in ("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET"):
        monkeypatch.setenv(name, "secret")
    Settings().refuse_half_configured()


def test_a_whole_deployment_may_start(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = deploy(monkeypatch)

    settings.refuse_half_configured()

    assert not settings.human_logs


@pytest.mark.parametrize("name", sorted(set(DEPLOYED) - {"HANDOFF_STAGE"}))
def test_half_a_deployment_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    settings = deploy(monkeypatch, **{name: ""})

    with pytest.raises(ConfigurationError, match=f"^the worker cannot start: {name} is not set$"):
        settings.refuse_half_configured()


def test_a_well_known_secret_is_refused_when_deployed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = deploy(monkeypatch, LIVEKIT_API_SECRET="Secret")

    with pytest.raises(ConfigurationError, match="well-known default"):
        settings.refuse_half_configured()


def test_the_workers_key_never_travels_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValidationError, match="must be https"):
        deploy(monkeypatch, HANDOFF_API_URL="http://api.example")


def test_the_ways_out_are_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().exit_ways == {"room", "server"}

    monkeypatch.setenv("HANDOFF_EXIT_WAYS", " server ")
    assert Settings().exit_ways == {"server"}

    monkeypatch.setenv("HANDOFF_EXIT_WAYS", "window")
    with pytest.raises(ValidationError):
        Settings()

    monkeypatch.setenv("HANDOFF_EXIT_WAYS", ",")
    with pytest.raises(ValidationError):
        Settings()


def test_the_farewell_is_switched_by_on_and_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().farewell

    monkeypatch.setenv("HANDOFF_FAREWELL", "off")
    assert not Settings().farewell


def test_the_local_file_counts_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env.local").write_text("LIVEKIT_URL=ws://file\nHANDOFF_AGENT_NAME=from-file\nOTHER=1\n")
    monkeypatch.setenv("LIVEKIT_URL", "ws://environment")

    settings = Settings()

    assert settings.livekit_url == "ws://environment"
    assert settings.agent_name == "from-file"


def test_logs_are_for_people_on_a_laptop_unless_asked_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().human_logs

    monkeypatch.setenv("HANDOFF_LOG_FORMAT", "json")
    assert not Settings().human_logs


def test_secrets_do_not_show_in_the_settings_own_text(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = deploy(monkeypatch, HANDOFF_WORKER_KEY="very-secret")

    assert "very-secret" not in repr(settings)
