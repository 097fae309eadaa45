"""Brings the CDK stack into the embedded AWS: from the snapshot if nothing changed, else by a real deploy."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from local.stack import embedded_aws
from local.stack.cdk import Cdk
from local.stack.children import Child
from local.stack.errors import CommandFailedError
from local.stack.family import Family
from local.stack.ledger import Ledger
from local.stack.progress import say, step
from local.stack.snapshot import Snapshot, key_of


class Deployment:
    def __init__(
        self,
        *,
        aws_python: Path,
        cdk: Cdk,
        port: int,
        ledger: Ledger,
        family: Family,
        snapshot: Snapshot,
        furnish: Callable[[], Awaitable[None]],
    ) -> None:
        self._aws_python = aws_python
        self._cdk = cdk
        self._port = port
        self._ledger = ledger
        self._family = family
        self._snapshot = snapshot
        self._furnish = furnish

    async def up(self, context: Mapping[str, str]) -> None:
        """Leave the embedded AWS running with the stack of this tree in it, and no data."""
        key = key_of({**context, "aws": str(self._port), "python": str(self._aws_python)})
        if not self._snapshot.matches(key):
            await self._deploy(context)
            self._snapshot.save(key)
        self._snapshot.restore()
        async with step("embedded AWS"):
            await self._start()

    async def _deploy(self, context: Mapping[str, str]) -> None:
        """Update what is deployed; when that does not work (or nothing is), begin with an empty AWS."""
        synth = asyncio.create_task(self._synth(context))
        try:
            if not (self._snapshot.exists() and await self._updated(synth)):
                await self._from_nothing(synth)
        finally:
            synth.cancel()

    async def _updated(self, synth: asyncio.Task[None]) -> bool:
        self._snapshot.restore()
        child = await self._start()
        await synth
        try:
            async with step("update of the CDK stack", slow="deploying"):
                await self._cdk.deploy()
        except CommandFailedError:
            say("  the update did not go through; deploying into an empty AWS instead")
            return False
        finally:
            await self._family.end_one(child)
        return True

    async def _from_nothing(self, synth: asyncio.Task[None]) -> None:
        self._snapshot.wipe_state()
        child = await self._start()
        async with step("CDK bootstrap", slow="deploying"):
            await self._cdk.bootstrap()
        await synth
        async with step("CDK stack", slow="deploying"):
            await self._cdk.deploy()
        # Its state is on disk only after an orderly end.
        await self._family.end_one(child)

    async def _synth(self, context: Mapping[str, str]) -> None:
        async with step("CDK synth", slow="bundling the functions"):
            await self._cdk.synth(context)

    async def _start(self) -> Child:
        """With the secrets in it: a deployment looks them up."""
        child = self._family.add(
            await embedded_aws.run(self._aws_python, port=self._port, ledger=self._ledger)
        )
        await self._furnish()
        return child
