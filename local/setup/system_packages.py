"""The system packages that speech and a browser come from: through apt as root, else in one line."""

import os
import shutil
from typing import Final

from local.setup import tools
from local.setup.bringing import run
from local.stack.errors import ToolMissingError
from local.stack.progress import say, step

SPEECH: Final = "espeak-ng"
BROWSER: Final = "chromium"
NO_QUESTIONS: Final = {"DEBIAN_FRONTEND": "noninteractive"}


def missing() -> list[str]:
    absent = {SPEECH: shutil.which(SPEECH) is None, BROWSER: tools.browser() is None}
    return [package for package, is_absent in absent.items() if is_absent]


async def system_packages() -> None:
    absent = missing()
    if not absent:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        _tell(absent)
        return
    async with step("system packages", slow=f"installing {' and '.join(absent)}"):
        await run("setup-apt", "apt-get", "update", "-qq", env=NO_QUESTIONS)
        options = ("-y", "-qq", "--no-install-recommends")
        await run("setup-apt", "apt-get", "install", *options, *absent, env=NO_QUESTIONS)


def _tell(absent: list[str]) -> None:
    """Nobody speaks without a voice; without a browser nobody can look at the pages, all else works."""
    if SPEECH in absent:
        raise ToolMissingError(SPEECH, f"sudo apt-get install {' '.join(absent)}")
    say(f"  {BROWSER:<28} missing, `make demo` and the pages' tests need it: sudo apt-get install {BROWSER}")
