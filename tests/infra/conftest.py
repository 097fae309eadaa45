"""Each stage is synthesized once for the whole run, without bundling."""

from __future__ import annotations

import pytest

from tests.infra.templates import Stage, synthesize

LAPTOP_CONTEXT = {
    "public_url": "http://127.0.0.1:8000",
    "openai_base_url": "http://127.0.0.1:8001/v1",
    "deepgram_base_url": "http://127.0.0.1:8001/v1/listen",
    "python": "3.11",
    "time_factor": "0.25",
    "actions_log": "/somewhere/actions.log",
}

PROD_CONTEXT = {
    "domain": "handoff.example.com",
    "certificate_arn": "arn:aws:acm:us-east-1:000000000000:certificate/handoff",
}


@pytest.fixture(scope="session")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return synthesize("laptop", tmp_path_factory.mktemp("laptop"), **LAPTOP_CONTEXT)


@pytest.fixture(scope="session")
def dev(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return synthesize("dev", tmp_path_factory.mktemp("dev"))


@pytest.fixture(scope="session")
def prod(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return synthesize("prod", tmp_path_factory.mktemp("prod"), **PROD_CONTEXT)


@pytest.fixture(params=["laptop", "dev", "prod"], scope="session")
def stage(request: pytest.FixtureRequest) -> Stage:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Stage)
    return found
