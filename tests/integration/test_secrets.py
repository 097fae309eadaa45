"""What `make secrets` makes and keeps, in an embedded AWS."""

import json
from typing import Any
from uuid import uuid4

import boto3
import pytest

from local.operator.fields import Ask
from local.operator.own_keys import OWN_KEYS, renew
from local.operator.secrets import make_all
from local.operator.vault import Vault
from tests.integration.embedded_aws import Aws

SAID = {
    "url": "wss://x.livekit.cloud",
    "api_key": "APIx",
    "api_secret": "s" * 40,
    "openai_api_key": "sk-x",
    "deepgram_api_key": "dg-x",
    "key": "k-x",
}


@pytest.fixture
def parameters(aws: Aws) -> Any:
    session = boto3.Session("000000000000", "none", region_name="us-east-1")
    return session.client("ssm", endpoint_url=aws.endpoint)


@pytest.fixture
def stage() -> str:
    return f"stage-{uuid4().hex}"


@pytest.fixture
def vault(aws: Aws, parameters: Any, stage: str) -> Vault:
    return Vault(stage, secrets=aws.secrets, parameters=parameters)


def saying(**answers: str) -> Ask:
    return lambda field, _known: answers.get(field.name, "")


def test_all_that_a_stack_looks_up_is_there_before_the_first_deployment(
    aws: Aws, parameters: Any, stage: str, vault: Vault
) -> None:
    make_all(vault, ["avatar"], saying(**SAID))

    found = parameters.get_parameters_by_path(Path=f"/handoff/{stage}/from-make-secrets", Recursive=True)
    places = {each["Name"].rpartition("/")[2]: each["Value"] for each in found["Parameters"]}
    assert set(places) == {"livekit", "providers", "avatar", *OWN_KEYS}
    for name, arn in places.items():
        assert aws.secrets.get_secret_value(SecretId=arn)["SecretString"] == vault.read(name)


def test_our_own_keys_are_long_differ_survive_any_shell_and_are_shown_to_nobody(
    vault: Vault, capsys: pytest.CaptureFixture[str]
) -> None:
    make_all(vault, [], saying(**SAID))

    keys = [vault.read(name) or "" for name in OWN_KEYS]
    assert len(set(keys)) == len(OWN_KEYS)
    assert all(len(key) >= 43 and key.isascii() and key.isalnum() for key in keys)
    told = "".join(capsys.readouterr())
    assert not any(secret in told for secret in (*keys, SAID["api_secret"], SAID["openai_api_key"]))


def test_what_is_there_stays_when_nothing_else_is_said(vault: Vault) -> None:
    names = ("livekit", "providers", "avatar", *OWN_KEYS)
    make_all(vault, ["avatar"], saying(**SAID))
    before = {name: vault.read(name) for name in names}

    make_all(vault, [], saying())

    assert {name: vault.read(name) for name in names} == before


def test_a_key_that_nobody_needs_is_not_asked_for(vault: Vault) -> None:
    make_all(vault, [], saying(**SAID))

    assert vault.read("llm_fallback") is None


def test_the_version_before_a_new_one_is_kept(aws: Aws, stage: str, vault: Vault) -> None:
    make_all(vault, [], saying(**SAID))
    old = vault.read("worker_key"), vault.read("livekit")

    renew(vault, "worker_key")
    make_all(vault, [], saying(api_key="APInew"))

    kept = [
        aws.secrets.get_secret_value(SecretId=f"handoff/{stage}/{name}", VersionStage="AWSPREVIOUS")
        for name in ("worker_key", "livekit")
    ]
    assert tuple(each["SecretString"] for each in kept) == old
    assert vault.read("worker_key") != old[0]
    assert json.loads(vault.read("livekit") or "")["api_key"] == "APInew"


def test_a_run_that_broke_off_is_mended_by_the_next(parameters: Any, stage: str, vault: Vault) -> None:
    make_all(vault, [], saying(**SAID))
    place = f"/handoff/{stage}/from-make-secrets/origin"
    parameters.delete_parameter(Name=place)

    make_all(vault, [], saying())

    assert parameters.get_parameter(Name=place)["Parameter"]["Value"]
