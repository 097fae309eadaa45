"""Sends all by the detour while a run lasts: webhooks and calls of the API, of AWS and of LiveKit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from local.rehearsal.chaos.detour import Detour
from local.stack import deployed
from local.stack.clients import Clients
from local.stack.running import go_by
from local.stack.stack_file import StackFile
from local.stack.warming import warm, warm_http

_DOORS: Final = ("api", "webhooks", "timers")


@asynccontextmanager
async def detoured(stack: StackFile, detour: Detour, *, lanes: int, stays: bool) -> AsyncIterator[None]:
    """The functions are told by their environment, as an operator would; their code knows nothing of it."""
    clients = Clients(stack.aws_endpoint)
    http = stack.livekit_url.replace("ws", "http", 1)
    async with detour.leg(stack.aws_endpoint) as aws, detour.leg(http, kind="livekit") as livekit:
        more = {
            "AWS_ENDPOINT_URL": aws,
            "LIVEKIT_URL": livekit,
            "LIVEKIT_WS_URL": stack.livekit_url,
            "LIVEKIT_API_KEY": stack.livekit_api_key,
            "LIVEKIT_API_SECRET": stack.livekit_api_secret,
        }
        async with _functions_with(clients, more, stays=stays), _by_way_of(stack, aws):
            # Each lane calls at the same time as the other, and nobody's cold start is what is measured.
            await warm(stack.api_url, stack.service_key, clients)
            await asyncio.gather(*(warm_http(stack.api_url, stack.service_key) for _ in range(lanes)))
            yield


@asynccontextmanager
async def _by_way_of(stack: StackFile, address: str) -> AsyncIterator[None]:
    await asyncio.to_thread(go_by, stack, address)
    try:
        yield
    finally:
        await asyncio.to_thread(go_by, stack, "")


@asynccontextmanager
async def _functions_with(clients: Clients, more: dict[str, str], *, stays: bool) -> AsyncIterator[None]:
    """In a thread: what a function still asks meanwhile is passed on by this very process."""
    names = [deployed.function_name(clients, door=door) for door in _DOORS]
    before = {name: _environment(clients, name) for name in names}
    try:
        changed = {name: {**before[name], **more} for name in names}
        await asyncio.to_thread(_set_environments, clients, changed)
        yield
    finally:
        # A stack that ends now needs no restoring, which takes minutes while the embedded AWS is busy.
        if stays:
            await asyncio.to_thread(_set_environments, clients, before)


def _environment(clients: Clients, name: str) -> dict[str, str]:
    return dict(clients.functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"])


def _set_environments(clients: Clients, environments: dict[str, dict[str, str]]) -> None:
    for name, variables in environments.items():
        clients.functions.update_function_configuration(
            FunctionName=name, Environment={"Variables": variables}
        )
    waiter = clients.functions.get_waiter("function_updated_v2")
    for name in environments:
        waiter.wait(FunctionName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 30})
