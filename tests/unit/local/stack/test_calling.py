"""The laptop's caller page: served as it was built, and given a place in a room without seeing a key."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from local.inbox.calling import Calling

Client = TestClient[web.Request, web.Application]


class Api:
    """Gives out places as the real one does, and keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/v1/join-urls", self._join)
        return app

    async def _join(self, request: web.Request) -> web.Response:
        self.asked.append(await request.json())
        self.keys.append(request.headers["Authorization"])
        return web.json_response({"token": "a.b.c", "room": self.asked[-1]["room"]}, status=201)


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
async def caller(api: Api, tmp_path: Path) -> AsyncIterator[Client]:
    (tmp_path / "assets").mkdir()
    (tmp_path / "caller.html").write_text("<!doctype html>")
    (tmp_path / "assets" / "caller-1.js").write_text("1")
    async with TestServer(api.app()) as server:
        app = web.Application()
        Calling(
            api_url=str(server.make_url("")).rstrip("/"),
            headers={"Authorization": "Bearer key"},
            livekit_url="ws://127.0.0.1:7880",
            dist=tmp_path,
        ).add_to(app)
        async with TestClient(TestServer(app)) as client:
            yield client


async def test_each_call_gets_a_room_of_its_own(caller: Client, api: Api) -> None:
    places = [await (await caller.post("/call", json={"name": "Alex"})).json() for _ in range(2)]

    assert places[0]["room"] != places[1]["room"]
    assert places[0] | {"room": ""} == {"livekit_url": "ws://127.0.0.1:7880", "token": "a.b.c", "room": ""}
    assert [(one["role"], one["name"]) for one in api.asked] == [("caller", "Alex")] * 2


async def test_a_caller_need_not_say_a_name(caller: Client, api: Api) -> None:
    answers = [await caller.post("/call", data=body) for body in (b"", b"[]", b'{"name": " "}')]

    assert [answer.status for answer in answers] == [200, 200, 200]
    assert all("name" not in one for one in api.asked)


async def test_another_site_cannot_call(caller: Client, api: Api) -> None:
    answer = await caller.post("/call", json={}, headers={"sec-fetch-site": "cross-site"})

    assert (answer.status, api.asked) == (403, [])


async def test_the_page_may_speak_to_livekit_and_nobody_else(caller: Client) -> None:
    page = await caller.get("/call")

    policy = page.headers["Content-Security-Policy"]
    assert "connect-src 'self' ws://127.0.0.1:7880 http://127.0.0.1:7880;" in policy
    assert "unsafe" not in policy


async def test_only_what_was_built_is_served(caller: Client) -> None:
    names = ("caller-1.js", "caller.html", "..%2Fcaller.html", "none.js")

    answers = [await caller.get(f"/call/assets/{name}") for name in names]

    assert [answer.status for answer in answers] == [200, 404, 404, 404]
