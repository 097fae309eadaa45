"""Brings what runs a function as AWS does: its runtime interface emulator, and its client in a function."""

import shutil

from local.setup import tools
from local.setup.bringing import run
from local.setup.drafts import drafted
from local.stack.errors import ToolMissingError
from local.stack.progress import step


async def emulator() -> None:
    """For measuring only: nothing that ships and no test needs it."""
    if tools.emulator_home().exists():
        return
    if shutil.which("go") is None:
        raise ToolMissingError("Go", "apt-get install golang-go (1.24 or newer), or go.dev/dl")
    async with step("Lambda's emulator", slow="building, about a minute"):
        with drafted(tools.emulator_home()) as home:
            into = {"GOBIN": str(home), "CGO_ENABLED": "0"}
            await run("setup-emulator", "go", "install", tools.EMULATOR_MODULE, env=into)
            client = ("--quiet", "--require-hashes", "--target", str(home / "client"))
            lock = ("-r", str(tools.EMULATOR_LOCK))
            await run("setup-emulator", str(tools.uv()), "pip", "install", *client, *lock)
