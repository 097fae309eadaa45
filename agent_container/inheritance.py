"""Does once, in the process that all jobs are forked from, what each of them would do while a call waits.

None of it leaves a thread behind, so it may be forked. Where jobs are not forked this is not imported.
"""

import asyncio
import ctypes
import logging
from typing import Final

from livekit.agents.tokenize import basic

from agent_container.config import settings_of_jobs
from agent_container.first_words import first_words
from agent_container.trust import trust

# Of malloc.h. LiveKit's threads would have a heap each; they allocate little, and seldom at the same time.
# Large pieces and the free end of a heap go back at once: unsaid, both sizes rise to MiB with use. An
# avatar's frame takes 0.2 ms more for that.
_HEAPS: Final = {
    -8: 2,  # M_ARENA_MAX
    -3: 64 * 1024,  # M_MMAP_THRESHOLD
    -1: 64 * 1024,  # M_TRIM_THRESHOLD
    -2: 16 * 1024,  # M_TOP_PAD
}
_ROUNDS: Final = 3  # Python writes into the code of a function how to run it, mostly at the second time


def _prepare() -> None:
    trust()
    # Builds the table of hyphens that the words heard and said are timed by.
    basic.hyphenate_word("inheritance")
    for _ in range(_ROUNDS):
        asyncio.run(first_words(settings_of_jobs()))


def _keep_heaps_small() -> None:
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        for option, value in _HEAPS.items():
            mallopt(option, value)


settings_of_jobs()
try:
    _prepare()
except Exception:  # without it calls begin later, but they begin
    logging.getLogger(__name__).warning("jobs inherit less than they could", exc_info=True)
_keep_heaps_small()
