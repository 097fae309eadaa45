"""`python -m agent_container start` serves calls; `… console [--text]` is a conversation in the terminal."""

import sys

from livekit.agents import cli
from pydantic import ValidationError

from agent_container.config import Settings
from agent_container.errors import ConfigurationError
from agent_container.logs import set_up_logging
from agent_container.main import build_server
from agent_container.service import run_service

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
        cli.run_app(build_server(settings))
        return 0
    if command != "start":
        return _refuse(USAGE)
    set_up_logging(human=settings.human_logs)
    settings.refuse_half_configured()
    run_service(build_server(settings))
    return 0


def _where(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "settings"


def _refuse(message: str) -> int:
    sys.stderr.write(message + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
