"""A client of the real app, in process, over the domain's fakes, with Maria on the roster."""

import asyncio
import re
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from httpx import Client

from lambda_api.app.factory import create_app
from lambda_api.escalations.models import HumanAgent
from tests.unit.lambda_api.http.in_process import InProcess
from tests.unit.lambda_api.http.surroundings import ADMIN, CALL, Surroundings


@pytest.fixture
def around() -> Surroundings:
    around = Surroundings()
    around.world.store.put_person(HumanAgent(id="maria", name="Maria", phone="+15005550101"))
    return around


@pytest.fixture(scope="session")
def one_app() -> FastAPI:
    return create_app()


@pytest.fixture
def app(one_app: FastAPI, around: Surroundings) -> FastAPI:
    one_app.state.wiring = around.wiring
    return one_app


@pytest.fixture(scope="session")
def one_loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        yield runner


@pytest.fixture
def browser(app: FastAPI, one_loop: asyncio.Runner) -> Callable[[], Client]:
    """Open a browser with no cookie in it."""
    way = InProcess(app, one_loop)
    return lambda: Client(transport=way, base_url="https://handoff.example", follow_redirects=True)


@pytest.fixture
def stranger(browser: Callable[[], Client]) -> Client:
    return browser()


@pytest.fixture
def admin(browser: Callable[[], Client]) -> Client:
    client = browser()
    client.headers.update(ADMIN)
    return client


@pytest.fixture
def link(admin: Client, around: Surroundings) -> str:
    """Maria's link, as her SMS says it."""
    admin.post("/v1/escalations", json=CALL, headers={"Idempotency-Key": "k"})
    _, text = around.world.notifier.texts[0]
    found = re.search(r"/j/[\w-]{22}", text)
    assert found
    return found[0]
