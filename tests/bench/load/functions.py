"""A Lambda function's process: takes one event at a time, as Lambda hands them over."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Any


class Function:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.pid = process.pid
        self._free = asyncio.Lock()

    async def invoke(self, event: dict[str, Any]) -> int:
        assert self._process.stdin
        assert self._process.stdout
        async with self._free:
            self._process.stdin.write(json.dumps(event).encode() + b"\n")
            return int(await self._process.stdout.readline())


@asynccontextmanager
async def function(module: str, told: Mapping[str, str], log: Path) -> AsyncIterator[Function]:
    with log.open("wb") as output:
        process = await _started(module, told, output)
    try:
        yield Function(process)
    finally:
        process.terminate()
        await process.wait()


async def _started(module: str, told: Mapping[str, str], log: IO[bytes]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.load.invoked", module),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env=told,
    )
