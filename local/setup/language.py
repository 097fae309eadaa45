"""Lets the language stand-in learn its sentences ahead of the first start: once a version, 20 ms each."""

import sys
from pathlib import Path
from typing import Final

from local.setup import tools
from local.setup.bringing import run
from local.stack.places import ROOT, cache
from local.stack.progress import step

SENTENCES: Final = ROOT / "local" / "speech" / "training"
DEV_LOCK: Final = ROOT / "requirements" / "dev.txt"


def learned() -> Path:
    """Present when these very sentences were learned with these very packages."""
    return cache() / "speech" / f"learned-{tools.digest(*sorted(SENTENCES.glob('*.jsonl')), DEV_LOCK)}"


async def language() -> None:
    if learned().exists():
        return
    async with step("language stand-in", slow="learning its sentences, a minute or so"):
        await run("setup-language", sys.executable, "-m", "local.speech.learn")
        learned().touch()
