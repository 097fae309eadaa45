"""The laptop's command line: setup, pages, up, down, doctor, api, synth, image-check, lock."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Iterator
from typing import Final

from local.stack.errors import StackError
from local.stack.progress import say


def _setup() -> int:
    from local.setup.everything import bring
    from local.stack import settings
    from local.stack.places import ROOT

    asyncio.run(bring(settings.read(ROOT / ".env.local")))
    return 0


def _pages() -> int:
    from local.setup.pages import pages

    asyncio.run(pages())
    return 0


def _up() -> int:
    from local.stack.up import up

    asyncio.run(up())
    return 0


def _down() -> int:
    from local.stack.down import down

    down()
    return 0


def _doctor() -> int:
    from local.doctor import examine

    return examine()


def _api() -> int:
    from local.api_door import serve

    return serve()


def _synth() -> int:
    from local.synth import synthesize

    return synthesize()


def _image_check() -> int:
    from local.image.check import check

    return check()


def _lock() -> int:
    from local.lock import compile_locks

    return compile_locks()


COMMANDS: Final[dict[str, Callable[[], int]]] = {
    "setup": _setup,
    "pages": _pages,
    "up": _up,
    "down": _down,
    "doctor": _doctor,
    "api": _api,
    "synth": _synth,
    "image-check": _image_check,
    "lock": _lock,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    command = COMMANDS[parser.parse_args().command]
    try:
        return command()
    except* StackError as group:
        for error in _single(group):
            say(str(error))
    return 1


def _single(group: BaseExceptionGroup[StackError]) -> Iterator[BaseException]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _single(error)
        else:
            yield error


if __name__ == "__main__":
    sys.exit(main())
