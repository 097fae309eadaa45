"""A client of the real app, in process, over the domain's fakes, with Maria on the roster."""

from collections.abc import Callable

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from lambda_api.app.factory import create_app
from lambda_api.escalations.models import HumanAgent
from tests.unit.lambda_api.http.surroundings import ADMIN, Surroundings


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


@pytest.fixture
def browser(app: FastAPI) -> Callable[[], TestClient]:
    """Open a browser with no cookie in it."""
    return lambda: TestClient(app, base_url="https://handoff.example", raise_server_exceptions=False)


@pytest.fixture
def stranger(browser: Callable[[], TestClient]) -> TestClient:
    return browser()


@pytest.fixture
def admin(browser: Callable[[], TestClient]) -> TestClient:
    client = browser()
    client.headers.update(ADMIN)
    return client
