"""One stack and its parts: which start side by side, which after one another, and how all of them end."""

import asyncio
import contextlib
from functools import partial

from local.setup import tools
from local.stack import container, deployed, livekit_server, roster, secret_values, speech_server
from local.stack.addresses import Addresses
from local.stack.cdk import Cdk
from local.stack.clients import Clients
from local.stack.deployment import Deployment
from local.stack.errors import ChildDiedError
from local.stack.family import Family
from local.stack.fargate import Fargate
from local.stack.ledger import Ledger
from local.stack.livekit_server import LiveKit
from local.stack.media import livekit
from local.stack.outside import Outside
from local.stack.progress import step
from local.stack.snapshot import Snapshot
from local.stack.stack_file import StackFile
from local.stack.warming import warm


class House:
    def __init__(self, at: Addresses, *, ledger: Ledger) -> None:
        self._at = at
        self._ledger = ledger
        self._family = Family()
        self._sites = contextlib.AsyncExitStack()
        self._clients = Clients(at.http("aws"))
        self._worker: Fargate | None = None

    async def start(self) -> StackFile:
        """Speech is the slowest to load, and the last that anybody needs: all else starts beside it."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._speech())
            live = group.create_task(livekit(self._at, family=self._family, ledger=self._ledger))
            deployed_stack = group.create_task(self._deployment(live).up(self._at.context))
            described = group.create_task(self._product(live, deployed_stack))
        return described.result()

    async def _product(self, live: asyncio.Task[LiveKit], deployed_stack: asyncio.Task[None]) -> StackFile:
        await deployed_stack
        outputs = await asyncio.to_thread(deployed.outputs, self._clients)
        service_key = await asyncio.to_thread(secret_values.read, self._clients, outputs["AdminKeySecretArn"])
        self._worker = worker = await asyncio.to_thread(self._fargate)
        outside = Outside(
            self._at,
            clients=self._clients,
            worker=worker,
            service_key=service_key,
            livekit_url=(await live).ws_url,
            restart_livekit=partial(self._family.restart, livekit_server.NAME, self._ledger),
        )
        await outside.open(outputs, self._sites)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._open_the_doors(service_key))
            group.create_task(self._employ(worker))
        return self._described(await live, worker, service_key=service_key)

    async def first_death(self) -> ChildDiedError:
        return await self._family.first_death()

    async def end(self) -> None:
        if self._worker is not None:
            await self._worker.down()
        await asyncio.gather(self._sites.aclose(), self._family.end_all())

    def _deployment(self, live: asyncio.Task[LiveKit]) -> Deployment:
        return Deployment(
            aws_python=tools.aws_python(),
            cdk=Cdk(tools.cdk(), endpoint=self._at.http("aws")),
            port=self._at.ports["aws"],
            ledger=self._ledger,
            family=self._family,
            snapshot=Snapshot(),
            furnish=partial(self._furnish, live),
        )

    async def _speech(self) -> None:
        if self._at.settings.keys is None:
            async with step("speech and language"):
                self._family.add(await speech_server.run(self._at.ports["speech"], self._ledger))

    async def _furnish(self, live: asyncio.Task[LiveKit]) -> None:
        """Put the keys into the embedded AWS, before any deployment, function or worker reads them."""
        keys = self._at.settings.keys
        await asyncio.to_thread(secret_values.furnish, self._clients, await live, keys)

    def _fargate(self) -> Fargate:
        return Fargate(
            container.of_the_service(self._clients),
            overrides=self._at.settings.worker,
            health_ports=(self._at.ports["worker_health"], self._at.ports["next_worker_health"]),
            ledger=self._ledger,
        )

    async def _open_the_doors(self, service_key: str) -> None:
        async with step("API"):
            await warm(self._at.http("front_door"), service_key, self._clients)
            await roster.put(self._at.http("front_door"), service_key)

    async def _employ(self, worker: Fargate) -> None:
        async with step("worker"):
            await worker.up()

    def _described(self, live: LiveKit, worker: Fargate, *, service_key: str) -> StackFile:
        at = self._at
        return StackFile(
            api_url=at.http("front_door"),
            livekit_url=live.ws_url,
            livekit_api_key=live.api_key,
            livekit_api_secret=live.api_secret,
            service_key=service_key,
            inbox_url=at.http("inbox"),
            agent_name=worker.agent_name,
            aws_endpoint=at.http("aws"),
            speech_url="" if at.settings.keys else at.http("speech"),
            worker_health_url=at.http("worker_health"),
            control_url=at.http("control"),
            time_factor=float(at.settings.time_factor or 1),
        )
