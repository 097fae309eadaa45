"""Builds livekit-server once a version, from its Go module, and shows that minutes of silence are work."""

import shutil

from local.setup import tools
from local.setup.bringing import run
from local.setup.drafts import drafted
from local.stack.errors import ToolMissingError
from local.stack.progress import step


async def livekit_server() -> None:
    if tools.livekit_server() is not None:
        return
    if shutil.which("go") is None:
        raise ToolMissingError("Go", "apt-get install golang-go (1.24 or newer), or go.dev/dl")
    async with step("livekit-server", slow="building, about 4 minutes"):
        with drafted(tools.built_livekit_server().parent) as home:
            into = {"GOBIN": str(home)}
            await run("setup-livekit", "go", "install", tools.LIVEKIT_MODULE, env=into)
