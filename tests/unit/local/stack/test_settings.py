from pathlib import Path

import pytest

from local.stack.addresses import Addresses
from local.stack.settings import HalfConfiguredError, read

LIVEKIT = "LIVEKIT_URL=wss://x.livekit.cloud\nLIVEKIT_API_KEY=key\nLIVEKIT_API_SECRET=secret\n"
PROVIDERS = "OPENAI_API_KEY=o\nDEEPGRAM_API_KEY=d\n"


def dotenv(folder: Path, text: str) -> Path:
    file = folder / ".env.local"
    file.write_text(text)
    return file


def test_without_settings_everything_runs_here(tmp_path: Path) -> None:
    settings = read(tmp_path / ".env.local", {})

    assert settings.project is None
    assert settings.keys is None
    assert settings.public_url is None
    assert settings.worker == {}


def test_a_project_and_keys_make_the_same_commands_use_the_real_services(tmp_path: Path) -> None:
    settings = read(dotenv(tmp_path, LIVEKIT + PROVIDERS), {})

    assert settings.project is not None
    assert settings.project.url == settings.project.ws_url == "wss://x.livekit.cloud"
    assert settings.keys is not None
    assert settings.keys.deepgram == "d"


def test_the_time_factor_goes_to_what_is_deployed(tmp_path: Path) -> None:
    settings = read(tmp_path / ".env.local", {"HANDOFF_TIME_FACTOR": "0.25"})

    assert Addresses({"front_door": 1, "speech": 2}, settings).context["time_factor"] == "0.25"


def test_browsers_may_need_another_address(tmp_path: Path) -> None:
    settings = read(dotenv(tmp_path, LIVEKIT + "LIVEKIT_WS_URL=wss://outside\n"), {})

    assert settings.project is not None
    assert settings.project.ws_url == "wss://outside"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("LIVEKIT_URL=wss://x\n", "LIVEKIT_API_SECRET"),
        ("LIVEKIT_API_KEY=key\n", "LIVEKIT_URL"),
        ("OPENAI_API_KEY=o\nDEEPGRAM_API_KEY=\n", "DEEPGRAM_API_KEY"),
    ],
)
def test_half_a_configuration_is_refused_by_name(tmp_path: Path, text: str, missing: str) -> None:
    with pytest.raises(HalfConfiguredError, match=missing):
        read(dotenv(tmp_path, text), {})


def test_the_environment_wins_and_its_empty_names_do_not(tmp_path: Path) -> None:
    file = dotenv(tmp_path, "HANDOFF_PUBLIC_URL=https://file\nHANDOFF_FAREWELL=off\n")

    settings = read(file, {"HANDOFF_PUBLIC_URL": "https://shell", "HANDOFF_FAREWELL": ""})

    assert settings.public_url == "https://shell"
    assert settings.worker == {"HANDOFF_FAREWELL": "off"}


def test_only_the_worker_s_own_switches_reach_it(tmp_path: Path) -> None:
    settings = read(tmp_path / ".env.local", {"HANDOFF_EXIT_WAYS": "room", "HANDOFF_API_URL": "http://other"})

    assert settings.worker == {"HANDOFF_EXIT_WAYS": "room"}


def test_the_example_names_every_setting_and_sets_none(tmp_path: Path) -> None:
    from local.stack.places import ROOT
    from local.stack.settings import LIVEKIT_NAMES, PROVIDER_NAMES, WORKER_OVERRIDES

    example = (ROOT / ".env.example").read_text()
    settings = read(dotenv(tmp_path, example), {})

    wanted = (*LIVEKIT_NAMES, *PROVIDER_NAMES, *WORKER_OVERRIDES, "LIVEKIT_WS_URL", "HANDOFF_PUBLIC_URL")
    assert [name for name in wanted if f"\n{name}=" not in example] == []
    assert settings.project is None
    assert settings.keys is None
    assert settings.worker == {}
