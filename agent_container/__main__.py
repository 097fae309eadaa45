"""`python -m agent_container start` serves calls; `… console [--text]` is a conversation in the terminal."""

import asyncio
import logging
import sys

from livekit.agents import cli
from pydantic import ValidationError

from agent_container.avatars import refuse_absent
from agent_container.config import Settings
from agent_container.console import converse, read_line, write_line
from agent_container.errors import ConfigurationError
from agent_container.logs import set_up_logging
from agent_container.main import build_client, build_server
from agent_container.narration import Narration, in_colour
from agent_container.service import run_service
from agent_container.speech import build_llm

USAGE = "usage: python -m agent_container start | console [--text]"


def main(arguments: list[str]) -> int:
    try:
        return _run(arguments)
    except ConfigurationError as error:
        return _refuse(str(error))
    except ValidationError as error:
        return _refuse("; ".join(f"{_where(problem['loc'])}: {problem['msg']}" for problem in error.errors()))


def _run(arguments: list[str]) -> int:
    command = arguments[0] if arguments else ""
    settings = Settings()
    if command == "console":
        return _console(settings, in_writing="--text" in arguments)
    if command != "start":
        return _refuse(USAGE)
    set_up_logging(human=settings.human_logs)
    settings.refuse_half_configured()
    refuse_absent(settings.avatar)
    run_service(build_server(settings))
    return 0


def _console(settings: Settings, *, in_writing: bool) -> int:
    try:
        if in_writing:
            asyncio.run(_converse(settings))
        else:
            # The narration tells the same in fewer words.
            logging.getLogger("livekit.agents").setLevel(logging.WARNING)
            cli.run_app(build_server(settings))
    except OSError as error:
        return _refuse(
            f"{error} (apt-get install libportaudio2, or: python -m agent_container console --text)"
        )
    return 0


async def _converse(settings: Settings) -> None:
    async with build_client(settings) as api:
        narration = Narration(write_line, colour=in_colour(sys.stdout))
        await converse(model=build_llm(settings), api=api, read=read_line, narration=narration)


def _where(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "settings"


def _refuse(message: str) -> int:
    sys.stderr.write(message + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
