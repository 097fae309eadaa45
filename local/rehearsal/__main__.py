"""`python -m local.rehearsal`: plays one whole handoff; exit 0 only if every step happened."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

from local.rehearsal.performance import rehearse
from local.rehearsal.scenarios.catalogue import PLAYS
from local.rehearsal.scenarios.command import play as play_scenarios
from local.rehearsal.settings import Settings, arranged
from local.stack.errors import StackError
from local.stack.places import LOCAL


def main() -> int:
    asked = _arguments().parse_args()
    if asked.scenario:
        return play_scenarios(asked.scenario, folder=asked.out)
    settings = Settings(farewell=asked.farewell == "on", cut=asked.cut)
    try:
        return _rehearse(settings, folder=asked.out, keep=asked.keep)
    except (StackError, OSError) as error:
        print(f"no rehearsal: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m local.rehearsal", description=__doc__)
    parser.add_argument("--farewell", choices=("on", "off"), default="on")
    parser.add_argument("--cut", choices=("", "webhook", "room"), default="", help="cut one of the exit ways")
    parser.add_argument("--scenario", choices=(*PLAYS, "all"), help="play what can happen to a call")
    parser.add_argument("--out", type=Path, default=LOCAL, help="where demo.json and the rest go")
    parser.add_argument("--keep", action="store_true", help="keep a stack that was started here until Ctrl-C")
    return parser


def _rehearse(settings: Settings, *, folder: Path, keep: bool) -> int:
    with arranged(settings) as stack:
        verdict = asyncio.run(rehearse(stack, settings, folder=folder))
        if keep:
            print(f"the stack stays up; inbox: {stack.inbox_url}/  (Ctrl-C ends it)", flush=True)
            signal.pause()
    return 1 if verdict.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
