"""A rehearsal begins once the stack says that its worker takes calls."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from local.rehearsal.patience import TooLateError
from local.rehearsal.readiness import wait_for_the_worker


class Control:
    """Says 503 as often as it is told, then 200."""

    def __init__(self, *, refusals: int) -> None:
        self.refusals = refusals

    async def worker(self, _: web.Request) -> web.Response:
        self.refusals -= 1
        return web.Response(status=200 if self.refusals < 0 else 503)

    async def waited_for(self, *, within_s: float) -> None:
        app = web.Application()
        app.router.add_get("/worker", self.worker)
        async with TestServer(app) as server:
            await wait_for_the_worker(f"http://127.0.0.1:{server.port}", within_s=within_s)


async def test_a_worker_that_is_late_is_waited_for() -> None:
    control = Control(refusals=2)

    await control.waited_for(within_s=10)

    assert control.refusals == -1


async def test_a_worker_that_does_not_come_is_not_waited_for_forever() -> None:
    with pytest.raises(TooLateError, match="worker"):
        await Control(refusals=1000).waited_for(within_s=0.1)
