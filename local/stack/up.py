"""Starts all of the stack, side by side where it can be, and keeps it up until it is told to end."""

import asyncio
import contextlib
import os
import shutil
import signal
import time
from collections.abc import Iterator
from typing import Final

from local.setup.everything import bring
from local.stack import ledger as ledgers
from local.stack import ports, settings, stack_file
from local.stack.addresses import Addresses
from local.stack.errors import AlreadyUpError
from local.stack.house import House
from local.stack.identities import identify
from local.stack.ledger import Ledger
from local.stack.places import LEDGER_FILE, LOCAL, LOGS, PORTS_FILE, ROOT, STACK_FILE, private_folder
from local.stack.progress import say

UP: Final = "up"


async def up() -> None:
    """Return when a signal asks for the end; raise when a part cannot start or dies."""
    life = asyncio.create_task(_life())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, _end_once, life)
    with contextlib.suppress(asyncio.CancelledError):
        await life


def _end_once(life: asyncio.Task[None]) -> None:
    """A second Ctrl-C must not interrupt the ending, or what was started would stay."""
    if not life.cancelling():
        life.cancel()


async def _life() -> None:
    began = time.monotonic()
    chosen = settings.read(ROOT / ".env.local")
    with _only_one() as ledger:
        await bring(chosen)
        house = House(Addresses(ports.choose(PORTS_FILE), chosen), ledger=ledger)
        try:
            stack = await house.start()
            ledger.follow(lambda: stack_file.write(stack, ledger.entries))
            _tell(stack, seconds=time.monotonic() - began)
            raise await house.first_death()
        finally:
            STACK_FILE.unlink(missing_ok=True)
            say("  ending what was started")
            await house.end()


@contextlib.contextmanager
def _only_one() -> Iterator[Ledger]:
    """Refuse a second stack of this clone; end what a crash has left; be the first of the recorded."""
    private_folder(LOCAL)
    left = ledgers.recorded(LEDGER_FILE)
    if any(entry.name == UP for entry in left):
        raise AlreadyUpError
    if left:
        say(f"  ending what an earlier start has left: {', '.join(entry.name for entry in left)}")
        ledgers.end(left)
    STACK_FILE.unlink(missing_ok=True)
    shutil.rmtree(LOGS, ignore_errors=True)
    ledger = Ledger(LEDGER_FILE)
    ledger.add(identify(UP, os.getpid()))
    try:
        yield ledger
    finally:
        ledgers.end([entry for entry in ledger.entries if entry.name != UP])
        ledger.clear()


def _tell(stack: stack_file.StackFile, *, seconds: float) -> None:
    say(f"\nThe stack is up after {seconds:.0f} s. Ctrl-C ends it.")
    say(f"  API      {stack.api_url}/docs")
    say(f"  Inbox    {stack.inbox_url}")
    say(f"  Call     {stack.inbox_url}/call")
    say(f"  LiveKit  {stack.livekit_url}")
    say(f"  Keys and all addresses: {STACK_FILE.relative_to(ROOT)}")
