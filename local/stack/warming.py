"""Calls each door once, so that the first caller does not wait for three cold starts."""

import asyncio
import json

import aiohttp

from local.stack import deployed
from local.stack.clients import Clients
from local.stack.errors import StackError
from local.stack.waiting import until

PATIENCE = 60.0


class ColdDoorError(StackError):
    def __init__(self, door: str, answer: str) -> None:
        super().__init__(f"the {door} door does not start: {answer}")


async def warm(api_url: str, clients: Clients) -> None:
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        group.create_task(_until_status(session, "GET", f"{api_url}/healthz", 200))
        # A webhook without a signature: refused, by a door that is warm from then on.
        group.create_task(_until_status(session, "POST", f"{api_url}/webhooks/livekit", 401))
        group.create_task(asyncio.to_thread(_sweep, clients))


async def _until_status(session: aiohttp.ClientSession, method: str, url: str, wanted: int) -> None:
    last = ""

    async def answered() -> bool:
        nonlocal last
        async with session.request(method, url) as answer:
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
