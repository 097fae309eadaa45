"""Keys of the environment, or such as Lambda lends after a snapshot, fetched anew before they end."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from lambda_api.aws.credentials import Purse
from lambda_api.aws.errors import SILENT, AwsError
from lambda_api.aws.signing import Credentials
from tests.unit.lambda_api.aws.endpoint import SILENCE, Endpoint

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def lent(key_id: str, *, minutes: int) -> tuple[int, bytes]:
    until = (AT + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = {"AccessKeyId": key_id, "SecretAccessKey": "s", "Token": "t", "Expiration": until}
    return 200, json.dumps(told).encode()


def purse(endpoint: Endpoint, *, now: Callable[[], datetime] = lambda: AT) -> Purse:
    environment = {
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{endpoint.url}/creds?x=1",
        "AWS_CONTAINER_AUTHORIZATION_TOKEN": "mine",
    }
    return Purse(environment, now=now)


def test_the_environments_own_are_taken() -> None:
    given = {"AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "t"}

    assert Purse(given, now=lambda: AT).credentials() == Credentials("A", "s", "t")


def test_lent_ones_are_kept_until_they_are_about_to_end(endpoint: Endpoint) -> None:
    endpoint.answers = [lent("A", minutes=60), lent("B", minutes=120)]
    minutes = iter([54, 56])
    kept = purse(endpoint, now=lambda: AT + timedelta(minutes=next(minutes)))

    ids = [kept.credentials().key_id for _ in range(3)]

    assert ids == ["A", "A", "B"]
    first, _ = endpoint.asked
    assert (first.method, first.path, first.headers["authorization"]) == ("GET", "/creds?x=1", "mine")


@pytest.mark.parametrize("answer", [SILENCE, (200, b"<html>"), (403, b"{}"), (200, b"{}")])
def test_none_are_made_up(endpoint: Endpoint, answer: tuple[int, bytes]) -> None:
    endpoint.answers = [answer]

    with pytest.raises(AwsError):
        purse(endpoint).credentials()


def test_nobody_to_ask_is_said() -> None:
    with pytest.raises(AwsError, match="NoCredentials"):
        Purse({}, now=lambda: AT).credentials()
    with pytest.raises(AwsError, match=SILENT):
        purse(Endpoint(url="http://127.0.0.1:1")).credentials()
