"""Calls the doors side by side, so that the first caller waits for no cold start."""

import asyncio
import json
from collections.abc import Mapping
from typing import Final

import aiohttp

from local.stack import deployed
from local.stack.clients import Clients
from local.stack.errors import StackError
from local.stack.waiting import until

PATIENCE: Final = 60.0
# The embedded AWS starts a process for each call that comes while all others are busy: the worker and a
# person with a link do call the API at the same time, while LiveKit sends a room's webhooks one by one.
AT_ONCE: Final = 2
# As long as a link's code, and nobody's: what a link's page is made of is loaded as well.
NO_CODE: Final = "0" * 22


class ColdDoorError(StackError):
    def __init__(self, door: str, answer: str) -> None:
        super().__init__(f"the {door} door does not start: {answer}")


async def warm(api_url: str, service_key: str, clients: Clients) -> None:
    """Return when each door has its processes, with everything loaded that a call needs."""
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.to_thread(_sweep, clients))
        group.create_task(warm_http(api_url, service_key))


async def warm_http(api_url: str, service_key: str) -> None:
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        group.create_task(_send(session, api_url))
        for _ in range(AT_ONCE):
            group.create_task(_read(session, api_url, service_key))


async def _read(session: aiohttp.ClientSession, api_url: str, service_key: str) -> None:
    # Reads keys and table, which /healthz does not: what is made late would be made during a call.
    headers = {"Authorization": f"Bearer {service_key}"}
    await _until_status(session, "GET", f"{api_url}/v1/escalations?limit=1", wanted=200, headers=headers)
    await _until_status(session, "GET", f"{api_url}/j/{NO_CODE}", wanted=404)


async def _send(session: aiohttp.ClientSession, api_url: str) -> None:
    # A webhook without a signature: refused, by a door that is warm from then on.
    await _until_status(session, "POST", f"{api_url}/webhooks/livekit", wanted=401)


async def _until_status(
    session: aiohttp.ClientSession,
    method: str,
    url: str,
    *,
    wanted: int,
    headers: Mapping[str, str] | None = None,
) -> None:
    last = ""

    async def answered() -> bool:
        nonlocal last
        async with session.request(method, url, headers=headers) as answer:
            last = f"{answer.status} {await answer.text()}"
            return answer.status == wanted

    try:
        await until(answered, what=url, seconds=PATIENCE, every=0.5)
    except StackError as error:
        raise ColdDoorError(url, last) from error


def _sweep(clients: Clients) -> None:
    name = deployed.function_name(clients, door="timers")
    answer = clients.functions.invoke(FunctionName=name, Payload=json.dumps({"source": "local"}).encode())
    if "FunctionError" in answer:
        raise ColdDoorError("timers", answer["Payload"].read().decode())
