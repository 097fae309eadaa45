import contextlib
from collections.abc import AsyncIterator, Mapping
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from local.front_door.app import FrontDoor, Way
from local.front_door.control import Control

BODY = bytes(range(256))
ORIGIN_KEY = "o" * 48


class Api:
    """What stands behind the door: remembers each request and answers as it is told."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, list[tuple[str, str]], bytes]] = []
        self.answer = web.Response()

    async def handle(self, request: web.Request) -> web.Response:
        headers = [(name.decode(), value.decode()) for name, value in request.raw_headers]
        self.seen.append((request.method, request.raw_path, headers, await request.read()))
        return self.answer

    def header(self, name: str) -> list[str]:
        _, _, headers, _ = self.seen[-1]
        return [value for given, value in headers if given.lower() == name.lower()]


class Visit:
    """A front door with an API behind it, and somebody who knocks."""

    def __init__(self, api: Api, way: Way, session: aiohttp.ClientSession) -> None:
        self.api = api
        self.way = way
        self.session = session


@pytest.fixture
async def visit() -> AsyncIterator[Visit]:
    api, way = Api(), Way()
    behind = web.Application()
    behind.router.add_route("*", "/{path:.*}", api.handle)
    async with contextlib.AsyncExitStack() as stack:
        origin = await stack.enter_async_context(TestServer(behind))
        door = FrontDoor(origin=f"{origin.make_url('/')}prefix/$default", origin_key=ORIGIN_KEY, way=way)
        front = await stack.enter_async_context(TestServer(door.app()))
        jar = aiohttp.DummyCookieJar()
        session = aiohttp.ClientSession(front.make_url("/"), cookie_jar=jar, auto_decompress=False)
        yield Visit(api, way, await stack.enter_async_context(session))


async def test_path_and_query_travel_as_they_were_written(visit: Visit) -> None:
    async with visit.session.get("/j/a%2Fb?limit=2&cursor=%3D%20x"):
        method, path, _, _ = visit.api.seen[-1]

    assert (method, path) == ("GET", "/prefix/$default/j/a%2Fb?limit=2&cursor=%3D%20x")


async def test_a_signed_body_and_its_type_arrive_byte_for_byte(visit: Visit) -> None:
    headers = {"Content-Type": "application/webhook+json", "Authorization": "signature"}
    async with visit.session.post("/webhooks/livekit", data=BODY, headers=headers):
        _, _, _, body = visit.api.seen[-1]

    assert body == BODY
    assert visit.api.header("Content-Type") == ["application/webhook+json"]
    assert visit.api.header("Authorization") == ["signature"]


async def test_the_viewers_address_comes_after_what_the_viewer_claims(visit: Visit) -> None:
    async with visit.session.get("/healthz", headers={"X-Forwarded-For": "203.0.113.7"}):
        pass

    assert visit.api.header("X-Forwarded-For") == ["203.0.113.7, 127.0.0.1"]


async def test_nothing_else_is_added_that_the_viewer_did_not_send(visit: Visit) -> None:
    async with visit.session.get("/healthz", skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding")):
        names = {name.lower() for name, _ in visit.api.seen[-1][2]}

    assert names == {"host", "x-forwarded-for", "x-handoff-origin"}


async def test_the_api_is_shown_the_doors_own_key_whatever_the_viewer_shows(visit: Visit) -> None:
    async with visit.session.get("/healthz", headers={"x-handoff-origin": "a guess"}):
        pass

    assert visit.api.header("X-Handoff-Origin") == [ORIGIN_KEY]


async def test_every_cookie_of_an_answer_comes_back_and_none_is_kept(visit: Visit) -> None:
    visit.api.answer = web.Response(status=409, body=BODY, headers={"Set-Cookie": "one=1; HttpOnly"})
    visit.api.answer.headers.add("Set-Cookie", "two=2")

    async with visit.session.post("/j/code/claim", data=b"x") as answer:
        assert answer.status == 409
        assert answer.headers.getall("Set-Cookie") == ["one=1; HttpOnly", "two=2"]
        assert await answer.read() == BODY
    visit.api.answer = web.Response()
    async with visit.session.get("/j/code"):
        assert visit.api.header("Cookie") == []


async def test_a_redirect_is_the_viewers_business(visit: Visit) -> None:
    visit.api.answer = web.Response(status=303, headers={"Location": "/elsewhere"})

    async with visit.session.get("/docs", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/elsewhere")


async def test_what_a_gateway_would_not_take_is_refused(visit: Visit) -> None:
    async with visit.session.post("/v1/escalations", data=b"x" * (10 * 1024 * 1024 + 1)) as answer:
        assert answer.status == 413
    assert visit.api.seen == []


async def test_cut_webhooks_are_answered_and_dropped_while_all_else_passes(visit: Visit) -> None:
    visit.way.deliver_webhooks = False

    async with visit.session.post("/webhooks/livekit", data=BODY) as answer:
        assert answer.status == 200
    assert visit.api.seen == []
    async with visit.session.get("/healthz"):
        assert len(visit.api.seen) == 1


async def test_a_detour_gets_what_was_on_its_way_to_the_api(visit: Visit) -> None:
    detour = Api()
    behind = web.Application()
    behind.router.add_route("*", "/{path:.*}", detour.handle)
    async with TestServer(behind) as server:
        visit.way.by_way_of = f"http://127.0.0.1:{server.port}"
        async with visit.session.get("/j/a%2Fb?limit=2"):
            method, path, _, _ = detour.seen[-1]

    assert (method, path) == ("GET", "/prefix/$default/j/a%2Fb?limit=2")
    assert detour.header("X-Handoff-Origin") == [ORIGIN_KEY]
    assert visit.api.seen == []


async def test_without_an_api_behind_it_the_door_says_so() -> None:
    door = FrontDoor(origin="http://127.0.0.1:9/x", origin_key=ORIGIN_KEY, way=Way())
    async with TestClient(TestServer(door.app())) as viewer:
        answer = await viewer.get("/healthz")

    assert answer.status == 502


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/webhooks", {"deliver": False}, 200),
        ("/webhooks", {"deliver": "no"}, 422),
        ("/webhooks", {}, 422),
        ("/way", {"by_way_of": "http://127.0.0.1:1"}, 200),
        ("/way", {"by_way_of": "http://example.com"}, 422),
        ("/way", {}, 422),
        ("/worker", {"HANDOFF_FAREWELL": "off"}, 200),
        ("/worker", {}, 200),
        ("/worker", {"LIVEKIT_API_SECRET": "x"}, 422),
        ("/worker", {"HANDOFF_FAREWELL": True}, 422),
        ("/worker", ["x"], 422),
        ("/worker/roll", {"rolled": "on"}, 200),
        ("/livekit/restart", {"rolled": "on"}, 200),
    ],
)
async def test_the_control_does_what_it_is_told_and_nothing_else(path: str, body: Any, status: int) -> None:
    way, workers = Way(), list[Mapping[str, str]]()

    async def replace_worker(overrides: Mapping[str, str]) -> None:
        workers.append(overrides)

    async def roll_worker() -> None:
        workers.append({"rolled": "on"})

    control = Control(
        way=way,
        replace_worker=replace_worker,
        roll_worker=roll_worker,
        worker_ready=_at_once,
        restart_livekit=roll_worker,
    )
    async with TestClient(TestServer(control.app())) as client:
        answer = await client.post(path, json=body)

    assert answer.status == status
    assert way.deliver_webhooks == (body != {"deliver": False})
    assert way.by_way_of == ("http://127.0.0.1:1" if (path, status) == ("/way", 200) else "")
    assert workers == ([body] if path.startswith(("/worker", "/livekit")) and status == 200 else [])


@pytest.mark.parametrize(("ready", "status"), [(True, 200), (False, 503)])
async def test_the_control_tells_whether_a_call_would_be_answered(ready: bool, status: int) -> None:
    async def replace_worker(_: Mapping[str, str]) -> None:
        return

    async def worker_ready() -> bool:
        return ready

    async def roll_worker() -> None:
        return

    control = Control(
        way=Way(),
        replace_worker=replace_worker,
        roll_worker=roll_worker,
        worker_ready=worker_ready,
        restart_livekit=roll_worker,
    )
    async with TestClient(TestServer(control.app())) as client:
        answer = await client.get("/worker")

        assert (answer.status, await answer.json()) == (status, {"ready": ready})


async def _at_once() -> bool:
    return True
