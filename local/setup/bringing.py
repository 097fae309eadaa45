"""Brings what comes from package indexes: the embedded AWS in a venv of its own, the CDK's command line."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from local.setup import tools
from local.setup.drafts import drafted
from local.stack import commands
from local.stack.children import Command
from local.stack.errors import ToolMissingError
from local.stack.places import ROOT, cache
from local.stack.progress import step

# Not .venv's own: `make clean` may take that away.
BASE_PYTHON: Final = os.path.realpath(sys.executable)


async def aws() -> None:
    if tools.aws_python().exists():
        return
    uv = str(tools.uv())
    async with step("embedded AWS", slow="installing"):
        with drafted(tools.aws_home()) as home:
            await run("setup-aws", uv, "venv", "--quiet", "--relocatable", "--python", BASE_PYTHON, str(home))
            into = ("--quiet", "--require-hashes", "--python", str(home))
            await run("setup-aws", uv, "pip", "install", *into, "-r", str(tools.AWS_LOCK))


async def node() -> None:
    await node_packages("CDK command line", tools.node_home(), ROOT)


async def node_packages(name: str, home: Path, project: Path) -> None:
    """Install what the project's lock says, once in the cache."""
    if (home / "node_modules").is_dir():
        return
    if not tools.node_is_new_enough():
        raise ToolMissingError(f"Node {tools.OLDEST_NODE} or newer", "apt-get install nodejs npm")
    async with step(name, slow="installing"):
        with drafted(home) as draft:
            for file in ("package.json", "package-lock.json"):
                shutil.copy(project / file, draft)
            await run(f"setup-{home.name}", "npm", "ci", "--no-audit", "--no-fund", cwd=draft)


async def run(name: str, *argv: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> None:
    """An installer may need more of the shell's environment than our own children do."""
    cached = {**os.environ, "UV_CACHE_DIR": str(cache() / "uv")}
    await commands.run(Command(name=name, argv=argv, env={**cached, **(env or {})}, cwd=cwd))
