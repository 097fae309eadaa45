"""A person's voice in a browser: the page's own microphone track carries it to the room."""

import asyncio
import base64
from pathlib import Path
from typing import Final

from playwright.async_api import BrowserContext, Page

from local.rehearsal.clock import monotonic_of_wall
from local.rehearsal.loudness import FRAME_S, Samples, dbfs
from local.rehearsal.messages import Said
from local.rehearsal.voice import RATE, sentence

_SCRIPT: Final = Path(__file__).with_name("microphone.js")
_FRAME_SAMPLES: Final = round(RATE * FRAME_S)


async def give_voice(context: BrowserContext) -> None:
    """Before the page's own scripts: they open this microphone as they would any other."""
    await context.add_init_script(path=_SCRIPT)


async def say(page: Page, text: str, *, owner: str, voice: str) -> Said:
    """Returns when the last sample has left."""
    samples = await asyncio.to_thread(sentence, text, voice)
    pcm = base64.b64encode(samples.tobytes()).decode()
    began_ms = await page.evaluate("([pcm, rate]) => rehearsalSay(pcm, rate)", [pcm, RATE])
    levels = _levels(samples)
    began = monotonic_of_wall(float(began_ms) / 1000)
    return Said(owner, text, at=tuple(began + FRAME_S * frame for frame in range(len(levels))), dbfs=levels)


def _levels(samples: Samples) -> tuple[float, ...]:
    return tuple(
        dbfs(samples[start : start + _FRAME_SAMPLES]) for start in range(0, samples.size, _FRAME_SAMPLES)
    )
