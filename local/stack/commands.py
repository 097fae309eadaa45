"""Runs a command to its end with its output in a log, and raises with its last lines when it fails."""

import asyncio
import signal

from local.stack.children import Command, log_file, tail
from local.stack.errors import CommandFailedError
from local.stack.identities import identify


async def run(command: Command) -> None:
    """Run it in a group of its own, so that ending us in the middle ends all of it."""
    with log_file(command.name).open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *command.argv,
            env=dict(command.env),
            cwd=command.cwd,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
    identity = identify(command.name, process.pid)
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        identity.signal_group(signal.SIGKILL)
        await process.wait()
        raise
    if code != 0:
        raise CommandFailedError(command.name, code, tail(command.name))
