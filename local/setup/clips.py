"""Records the sentences that the worker plays when its own voice has failed, as `prompts.toml` has them."""

import asyncio
import tomllib
import wave
from pathlib import Path
from typing import Final

from local.setup import tools
from local.setup.drafts import drafted
from local.setup.system_packages import system_packages
from local.speech import voices
from local.stack.places import ROOT
from local.stack.progress import step

TEXTS: Final = ROOT / "agent_container" / "prompts.toml"
FOLDER: Final = ROOT / "agent_container" / "clips"
_STAMP: Final = "recorded-from"


async def clips() -> None:
    """After the system packages: the voice is one of them."""
    await system_packages()
    if recorded():
        return
    async with step("recorded sentences"):
        await asyncio.to_thread(record)


def recorded(folder: Path = FOLDER) -> bool:
    stamp = folder / _STAMP
    return stamp.exists() and stamp.read_text() == tools.digest(TEXTS)


def record(folder: Path = FOLDER) -> None:
    texts: dict[str, str] = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["clips"]
    with drafted(folder) as draft:
        for name, text in texts.items():
            _write(draft / f"{name}.wav", voices.speak(text, voices.AGENT).tobytes())
        (draft / _STAMP).write_text(tools.digest(TEXTS))
        # The worker's image takes the folder as it is, and does not run as its owner.
        draft.chmod(0o755)


def _write(path: Path, samples: bytes) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(voices.SPEECH_RATE)
        file.writeframes(samples)
