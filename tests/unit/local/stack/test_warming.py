import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from local.stack import warming
from local.stack.warming import AT_ONCE, ColdDoorError, warm_http


class Api:
    """Holds every reading until as many as a caller's call needs are there together, or answers at once."""

    def __init__(self, *, reading: int = 200) -> None:
        self.reading = reading
        self.keys: list[str | None] = []
        self.webhooks = self.pages = 0
        self._readers = asyncio.Barrier(AT_ONCE)

    async def read(self, request: web.Request) -> web.Response:
        self.keys.append(request.headers.get("Authorization"))
        if self.reading == 200:
            await self._readers.wait()
        return web.Response(status=self.reading, text="not yet")

    async def page(self, _: web.Request) -> web.Response:
        self.pages += 1
        return web.Response(status=404)

    async def hook(self, _: web.Request) -> web.Response:
        self.webhooks += 1
        return web.Response(status=401)

    async def warmed(self) -> None:
        app = web.Application()
        app.router.add_get("/v1/escalations", self.read)
        app.router.add_get("/j/{code}", self.page)
        app.router.add_post("/webhooks/livekit", self.hook)
        async with TestServer(app) as server, asyncio.timeout(20):
            await warm_http(f"http://127.0.0.1:{server.port}", "key")


async def test_each_door_is_called_as_often_at_once_as_a_call_will_do_it() -> None:
    api = Api()

    await api.warmed()

    assert api.keys == ["Bearer key"] * AT_ONCE
    assert (api.webhooks, api.pages) == (1, AT_ONCE)


async def test_a_door_that_does_not_start_is_named_with_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "PATIENCE", 0.1)

    with pytest.raises(ExceptionGroup) as group:
        await Api(reading=500).warmed()

    assert group.group_contains(ColdDoorError, match="/v1/escalations.*500 not yet")
