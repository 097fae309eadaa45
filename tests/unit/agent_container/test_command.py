"""`python -m agent_container …`."""

import io
from pathlib import Path
from typing import Any

import pytest

from agent_container import prompts
from agent_container.__main__ import main
from agent_container.config import Settings

NAMES = ("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET")


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("agent_container.__main__.set_up_logging", lambda **_: None)
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
        monkeypatch.delenv(f"HANDOFF_{field.upper()}", raising=False)


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_what_is_not_understood_is_explained(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert "usage: python -m agent_container start | console" in capsys.readouterr().err


def test_half_a_configuration_does_not_start(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["start"]) == 2
    assert capsys.readouterr().err == (
        "the worker cannot start: LIVEKIT_URL is not set; LIVEKIT_API_KEY is not set; "
        "LIVEKIT_API_SECRET is not set\n"
    )


def test_a_wrong_setting_is_named_and_its_value_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HANDOFF_LOAD_THRESHOLD", "secret-value")

    assert main(["start"]) == 2

    error = capsys.readouterr().err
    assert "HANDOFF_LOAD_THRESHOLD" in error
    assert "secret-value" not in error


def test_start_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Any] = []
    monkeypatch.setattr("agent_container.__main__.run_service", served.append)
    for name in NAMES:
        monkeypatch.setenv(name, "x")

    assert main(["start"]) == 0

    assert served[0]._agent_name == "handoff-agent"


def test_console_needs_no_livekit(monkeypatch: pytest.MonkeyPatch) -> None:
    talked: list[Any] = []
    monkeypatch.setattr("agent_container.__main__.cli.run_app", talked.append)

    assert main(["console"]) == 0

    assert len(talked) == 1


def test_console_without_a_sound_library_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_server: object) -> None:
        raise OSError("PortAudio library not found")

    monkeypatch.setattr("agent_container.__main__.cli.run_app", fail)

    assert main(["console"]) == 2
    assert capsys.readouterr().err.startswith("PortAudio library not found (apt-get install libportaudio2")


def test_console_in_writing_greets_and_ends_with_the_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    assert main(["console", "--text"]) == 0

    assert capsys.readouterr().out == f"said   {prompts.GREETING}\n"
