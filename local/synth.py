"""Writes the templates of every stage to cdk.out, without Docker, credentials or a network."""

import asyncio
from typing import Final

from local.setup import tools
from local.stack import commands
from local.stack.children import Command
from local.stack.environment import machine
from local.stack.places import LOCAL, PYTHON, ROOT, cache, private_folder
from local.stack.progress import step

OUT: Final = ROOT / "cdk.out"


def synthesize() -> int:
    private_folder(LOCAL)
    asyncio.run(_every_stage())
    return 0


async def _every_stage() -> None:
    env = machine(UV=str(tools.uv()), UV_CACHE_DIR=str(cache() / "uv"), CDK_DISABLE_CLI_TELEMETRY="1")
    argv = (str(PYTHON), "-m", "infra.every_stage", str(OUT))
    async with step(f"{OUT.name} of every stage", slow="bundling the functions"):
        await commands.run(Command("synth", argv, env))
