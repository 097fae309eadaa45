"""What the API is told by its environment, and when it refuses to start with that."""

import json

import pytest

from lambda_api.config.errors import ConfigError
from lambda_api.config.livekit_source import LiveKitSource
from lambda_api.config.secrets import Secrets
from lambda_api.config.settings import read_settings, refuse_missing
from tests.unit.lambda_api.http.surroundings import ENVIRONMENT, LIVEKIT, FakeSecretsManager, Surroundings

OWN = {"LIVEKIT_URL": "ws://127.0.0.1:7880", "LIVEKIT_API_KEY": "APIenv", "LIVEKIT_API_SECRET": "e" * 43}


def test_a_whole_environment_is_read() -> None:
    settings = read_settings(ENVIRONMENT | {"HANDOFF_PUBLIC_URL": "https://handoff.example/"})

    assert settings.public_url == "https://handoff.example"
    assert {key.name: key.secret_arn for key in settings.service_keys} == {
        "worker": "worker",
        "admin": "admin",
    }


@pytest.mark.parametrize("name", [name for name in ENVIRONMENT if name != "HANDOFF_STAGE"])
def test_a_deployment_that_lacks_one_thing_does_not_start(name: str) -> None:
    without = {key: value for key, value in ENVIRONMENT.items() if key != name}

    with pytest.raises(ConfigError, match=name):
        read_settings(without)


@pytest.mark.parametrize(
    "wrong",
    [
        {"HANDOFF_STAGE": "production"},
        {"HANDOFF_PUBLIC_URL": "http://handoff.example"},
        {"HANDOFF_SERVICE_KEYS": "{"},
        {"HANDOFF_SERVICE_KEYS": "[]"},
        {"HANDOFF_SERVICE_KEYS": '{"admin": {"secret_arn": "a", "scopes": ["everything"]}}'},
        {"LIVEKIT_URL": "wss://livekit.example"},
        OWN | {"LIVEKIT_API_SECRET": "secret"},
        OWN | {"LIVEKIT_API_SECRET": "short"},
        {"HANDOFF_TIME_FACTOR": "0.5"},
        {"HANDOFF_ACTIONS_LOG": "actions.log"},
        {"HANDOFF_ANSWER_SECONDS": "0"},
        {"HANDOFF_ANSWER_SECONDS": "3600"},
        {"HANDOFF_ANSWER_SECONDS": "soon"},
    ],
)
def test_a_deployment_with_one_wrong_thing_does_not_start(wrong: dict[str, str]) -> None:
    with pytest.raises(ConfigError):
        read_settings(ENVIRONMENT | wrong)


@pytest.mark.parametrize(("text", "factor"), [("0.1", 0.1), ("1", 1), ("", 1), (" 1.0 ", 1)])
def test_a_laptop_may_shorten_what_people_are_waited_for(text: str, factor: float) -> None:
    assert read_settings({"HANDOFF_TIME_FACTOR": text}).time_factor == factor


@pytest.mark.parametrize("text", ["0", "-1", "1.01", "nan", "inf", "fast"])
def test_a_time_factor_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="HANDOFF_TIME_FACTOR"):
        read_settings({"HANDOFF_TIME_FACTOR": text})


def test_a_laptop_may_be_asked_for_its_documents_with_nothing_set() -> None:
    settings = read_settings({})

    assert settings.stage == "laptop"
    with pytest.raises(ConfigError, match="HANDOFF_TABLE"):
        refuse_missing(settings)


def test_livekits_own_names_in_the_environment_win_and_need_no_secret() -> None:
    manager = FakeSecretsManager(down=True)
    overrides = read_settings(OWN).livekit_overrides
    source = LiveKitSource(
        secrets=Secrets(client=manager), secret_arn="", overrides=overrides, deployed=False
    )

    keys = source.keys()

    assert (keys.url, keys.ws_url, keys.api.name) == ("ws://127.0.0.1:7880", "ws://127.0.0.1:7880", "APIenv")
    assert [key.name for key in source.webhook_keys()] == ["APIenv"]


def test_both_webhook_keys_are_known_during_a_rotation(around: Surroundings) -> None:
    around.manager.previous["livekit"] = json.dumps(LIVEKIT | {"webhook_api_key": "APIold"})

    assert [key.name for key in around.livekit.webhook_keys()] == ["APIhook", "APIold"]


def test_a_version_without_whole_keys_signs_nothing_and_harms_nothing(
    around: Surroundings,
) -> None:
    around.manager.previous["livekit"] = json.dumps({"url": "", "api_key": "", "api_secret": ""})

    assert [key.name for key in around.livekit.webhook_keys()] == ["APIhook"]


@pytest.mark.parametrize("secret", ["[]", "junk", "{}", json.dumps(LIVEKIT | {"api_secret": "secret"})])
def test_a_secret_that_is_not_livekits_is_refused(around: Surroundings, secret: str) -> None:
    around.manager.current["livekit"] = secret

    with pytest.raises(ConfigError):
        around.livekit.keys()


def test_the_secret_halves_of_keys_are_not_in_their_words(around: Surroundings) -> None:
    assert "aaaa" not in repr(around.livekit.keys())
