"""The front door's own switches, on another port than the product: webhooks, a detour, restarts."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from aiohttp import web

from local.front_door.app import Way

Replace = Callable[[Mapping[str, str]], Awaitable[None]]
Roll = Callable[[], Awaitable[None]]
Restart = Callable[[], Awaitable[object]]
Ready = Callable[[], Awaitable[bool]]

PREFIX: Final = "HANDOFF_"
LOOPBACK: Final = "http://127.0.0.1:"


class Control:
    def __init__(
        self,
        *,
        way: Way,
        replace_worker: Replace,
        roll_worker: Roll,
        worker_ready: Ready,
        restart_livekit: Restart,
    ) -> None:
        self._way = way
        self._replace_worker = replace_worker
        self._roll_worker = roll_worker
        self._worker_ready = worker_ready
        self._restart_livekit = restart_livekit

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/webhooks", self._set_webhooks)
        app.router.add_post("/way", self._set_way)
        app.router.add_get("/worker", self._worker)
        app.router.add_post("/worker", self._set_worker)
        app.router.add_post("/worker/roll", self._roll)
        app.router.add_post("/livekit/restart", self._restart)
        return app

    async def _set_webhooks(self, request: web.Request) -> web.Response:
        """`{"deliver": false}` answers LiveKit's webhooks with 200 and drops them."""
        deliver = (await _object(request)).get("deliver")
        if not isinstance(deliver, bool):
            raise web.HTTPUnprocessableEntity(text="deliver must be true or false\n")
        self._way.deliver_webhooks = deliver
        return web.json_response({"deliver": deliver})

    async def _set_way(self, request: web.Request) -> web.Response:
        """`{"by_way_of": "http://127.0.0.1:1234"}` has every request for the API go there; `""` ends it."""
        by_way_of = (await _object(request)).get("by_way_of")
        if not isinstance(by_way_of, str) or (by_way_of and not by_way_of.startswith(LOOPBACK)):
            raise web.HTTPUnprocessableEntity(text="by_way_of must be an address on loopback\n")
        self._way.by_way_of = by_way_of
        return web.json_response({"by_way_of": by_way_of})

    async def _worker(self, _: web.Request) -> web.Response:
        """200 while a call would be answered: LiveKit knows the worker, and it is well."""
        ready = await self._worker_ready()
        return web.json_response({"ready": ready}, status=200 if ready else 503)

    async def _set_worker(self, request: web.Request) -> web.Response:
        """`{"HANDOFF_FAREWELL": "off"}` starts the worker again with that set; `{}` starts it as deployed."""
        overrides = await _object(request)
        if not all(name.startswith(PREFIX) and isinstance(value, str) for name, value in overrides.items()):
            raise web.HTTPUnprocessableEntity(text="only HANDOFF_ names with text values\n")
        await self._replace_worker(overrides)
        return web.json_response(overrides)

    async def _roll(self, _: web.Request) -> web.Response:
        """A deployment: another worker takes calls, then the one before is asked to stop, and has stopped."""
        await self._roll_worker()
        return web.json_response({})

    async def _restart(self, _: web.Request) -> web.Response:
        """A crash: LiveKit is killed, and starts with the same keys and none of its rooms."""
        await self._restart_livekit()
        return web.json_response({})


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError as error:
        raise web.HTTPBadRequest(text="not JSON\n") from error
    if not isinstance(body, dict):
        raise web.HTTPUnprocessableEntity(text="not an object\n")
    return body
