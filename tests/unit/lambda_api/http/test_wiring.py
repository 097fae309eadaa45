"""How the settings reach the domain."""

from collections.abc import Iterator

import pytest

from lambda_api import dependencies
from lambda_api.adapters.hooks import HttpHooks
from lambda_api.escalations.policy import Policy
from tests.unit.lambda_api.http.surroundings import ENVIRONMENT

LAPTOP = {
    "HANDOFF_STAGE": "laptop",
    "HANDOFF_PUBLIC_URL": "http://127.0.0.1:8080",
    "HANDOFF_TIME_FACTOR": "0.5",
}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in (ENVIRONMENT | {"AWS_DEFAULT_REGION": "us-east-1"}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("HANDOFF_TIME_FACTOR", raising=False)
    dependencies.wiring.cache_clear()
    yield
    dependencies.wiring.cache_clear()


def test_a_deployment_waits_for_people_as_long_as_it_says_and_calls_no_loopback() -> None:
    ports = dependencies.wiring().ports

    assert ports.policy == Policy(public_url="https://handoff.example", stage="dev")
    assert ports.hooks == HttpHooks(allow_loopback=False)


def test_a_laptop_shortens_only_what_people_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in LAPTOP.items():
        monkeypatch.setenv(name, value)

    ports = dependencies.wiring().ports

    usual = Policy()
    assert ports.policy.answer_seconds == usual.answer_seconds / 2
    assert ports.policy.chain_seconds == usual.chain_seconds
    assert ports.policy.loopback_hooks
    assert ports.hooks == HttpHooks(allow_loopback=True)
