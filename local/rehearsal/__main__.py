"""`python -m local.rehearsal`: plays one whole handoff; exit 0 only if every step happened."""

import argparse
import asyncio
import sys
from pathlib import Path

from local.rehearsal.house import HouseError, opened
from local.rehearsal.performance import rehearse
from local.rehearsal.settings import Settings


def main() -> int:
    asked = _arguments().parse_args()
    settings = Settings(farewell=asked.farewell == "on", cut=asked.cut)
    try:
        return asyncio.run(_rehearse(settings, folder=asked.out, keep=asked.keep))
    except HouseError as error:
        print(f"{error}; its log is above", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m local.rehearsal", description=__doc__)
    parser.add_argument("--farewell", choices=("on", "off"), default="on")
    parser.add_argument("--cut", choices=("", "webhook", "room"), default="", help="cut one of the exit ways")
    parser.add_argument("--out", type=Path, default=Path(".local"), help="where demo.json and the rest go")
    parser.add_argument("--keep", action="store_true", help="keep a stack that was started here until Ctrl-C")
    return parser


async def _rehearse(settings: Settings, *, folder: Path, keep: bool) -> int:
    async with opened() as stack:
        verdict = await rehearse(stack, settings, folder=folder)
        if keep:
            print(f"the stack stays up; inbox: {stack.inbox_url}/  (Ctrl-C ends it)", flush=True)
            await asyncio.Event().wait()
    return 1 if verdict.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
