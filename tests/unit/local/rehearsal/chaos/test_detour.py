"""What takes the detour arrives as it was sent, unless a fault that is meant for it strikes."""

import random
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from local.rehearsal.chaos.detour import Detour
from local.rehearsal.chaos.faults import (
    Fault,
    Strike,
    answered,
    cut_after,
    cut_before,
    echoed,
    late,
    repeated,
    slow,
)
from local.rehearsal.patience import ask_until

_WEBHOOKS = "/_aws/execute-api/abc/$default/webhooks/livekit"
_IN_A = b'{"room": {"name": "room-a"}}'
_TO_THE_TABLE = {
    "Authorization": "AWS4-HMAC-SHA256 Credential=test/20261128/us-east-1/dynamodb/aws4_request, Signature=0"
}


def _dice() -> random.Random:
    return random.Random(7)  # noqa: S311 - to be repeated


@dataclass(slots=True)
class Way:
    """Somebody who asks, the detour, and who is asked."""

    detour: Detour
    address: str
    session: aiohttp.ClientSession
    arrived: list[tuple[str, str, bytes]] = field(default_factory=list)
    status: int = 200

    async def take(self, request: web.Request) -> web.Response:
        self.arrived.append((request.method, request.raw_path, await request.read()))
        return web.Response(status=self.status, body=b"done", headers={"X-Answer": "yes"})

    async def ask(
        self, path: str = _WEBHOOKS, body: bytes = _IN_A, headers: Mapping[str, str] | None = None
    ) -> int:
        async with self.session.post(f"{self.address}{path}", data=body, headers=headers) as answer:
            await answer.read()
            return answer.status

    async def has_got(self, count: int) -> bool:
        async def there() -> bool:
            return len(self.arrived) >= count

        await ask_until(f"{count} requests", there, within_s=5, every_s=0.01)
        return len(self.arrived) == count


@pytest.fixture
async def way() -> AsyncIterator[Way]:
    async with AsyncExitStack() as stack:
        detour = Detour()
        found = Way(detour, "", await stack.enter_async_context(aiohttp.ClientSession()))
        behind = web.Application()
        behind.router.add_route("*", "/{path:.*}", found.take)
        server = await stack.enter_async_context(TestServer(behind))
        found.address = await stack.enter_async_context(detour.leg(f"http://127.0.0.1:{server.port}"))
        yield found


def _hurts(strike: Strike, *, kind: str = "webhook", **more: object) -> Fault:
    return Fault(kind=kind, strike=strike, **more)  # type: ignore[arg-type]


async def test_without_a_fault_all_arrives_and_the_answer_comes_back(way: Way) -> None:
    async with way.session.put(f"{way.address}/j/a%2Fb?x=%20", data=b"\x00\xff") as answer:
        told = (answer.status, await answer.read(), answer.headers["X-Answer"])

    assert way.arrived == [("PUT", "/j/a%2Fb?x=%20", b"\x00\xff")]
    assert told == (200, b"done", "yes")


@pytest.mark.parametrize(
    ("strike", "status", "arrivals"),
    [
        (answered(200), 200, 0),
        (answered(500), 500, 0),
        (repeated(3), 200, 3),
        (late(_dice(), least_s=0, most_s=0.05), 200, 1),
        (echoed(_dice(), least_s=0, most_s=0.05), 200, 2),
        (slow(0.01), 200, 1),
    ],
)
async def test_a_fault_does_what_it_says(way: Way, strike: Strike, status: int, arrivals: int) -> None:
    with way.detour.hurt(fault := _hurts(strike)):
        assert await way.ask() == status
        assert await way.has_got(arrivals)

    assert fault.struck == 1
    assert {body for _, _, body in way.arrived} <= {_IN_A}


@pytest.mark.parametrize(("strike", "arrivals"), [(cut_before, 0), (cut_after, 1)])
async def test_who_is_cut_off_gets_no_answer(way: Way, strike: Strike, arrivals: int) -> None:
    with way.detour.hurt(_hurts(strike)), pytest.raises(aiohttp.ClientError):
        await way.ask()

    assert len(way.arrived) == arrivals


async def test_a_fault_strikes_its_own_room_and_kind_alone(way: Way) -> None:
    with way.detour.hurt(_hurts(answered(500), room="room-a")):
        assert await way.ask(body=b'{"room": {"name": "room-b"}}') == 200
        assert await way.ask("/_aws/execute-api/abc/$default/v1/escalations") == 200
        assert await way.ask("/", headers=_TO_THE_TABLE) == 200
        assert await way.ask() == 500


async def test_what_goes_to_aws_is_told_apart_by_its_service(way: Way) -> None:
    to_the_topic = {"Authorization": _TO_THE_TABLE["Authorization"].replace("dynamodb", "sns")}
    with way.detour.hurt(_hurts(answered(400), kind="dynamodb")):
        assert await way.ask("/", headers=_TO_THE_TABLE) == 400
        assert await way.ask("/", headers=to_the_topic) == 200


async def test_a_fault_strikes_no_more_often_than_it_may(way: Way) -> None:
    with way.detour.hurt(_hurts(answered(500), most=1)):
        assert [await way.ask(), await way.ask()] == [500, 200]
    with way.detour.hurt(_hurts(answered(500), until=0.0)):
        assert await way.ask() == 200
    assert await way.ask() == 200


async def test_the_same_dice_strike_the_same_requests(way: Way) -> None:
    found = []
    for _ in range(2):
        with way.detour.hurt(_hurts(answered(500), chance=0.5, dice=_dice())):
            found.append([await way.ask() for _ in range(12)])

    assert found[0] == found[1]
    assert set(found[0]) == {200, 500}


async def test_webhooks_that_arrived_are_remembered_with_their_answers(way: Way) -> None:
    way.status = 401
    await way.ask(headers={"X-Rehearsal-Forged": "yes"})
    with way.detour.hurt(_hurts(answered(500))):
        await way.ask()

    assert [(each.kind, each.room, each.status, each.forged) for each in way.detour.seen] == [
        ("webhook", "room-a", 401, True)
    ]
