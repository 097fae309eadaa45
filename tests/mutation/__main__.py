"""Changes the code that decides, one thing at a time, and asks its tests: python -m tests.mutation."""

import argparse
import json
import os
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final
from unittest.mock import patch

from mutmut import __main__ as mutmut
from mutmut.stats import status_by_exit_code

from tests.mutation.forks import forks

WANTED: Final = 0.95  # of all changes are noticed
_NOTICED: Final = ("killed", "timeout")
_ASKED: Final = (*_NOTICED, "survived", "no tests", "suspicious", "segfault")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("modules", nargs="*", help="as in lambda_api.escalations.due; all without any")
    parser.add_argument("--again", action="store_true", help="only what went unnoticed the last time")
    parser.add_argument("--cores", type=int, default=1)
    asked = parser.parse_args()
    names = _unnoticed() if asked.again else [f"{module}.*" for module in asked.modules]
    os.environ.setdefault("HANDOFF_LIVES", "5")  # of test_life, each time it is asked
    with patch.object(mutmut, "get_mutant_runner", forks):
        mutmut._run(names, asked.cores)
    return _told()


def _told() -> int:
    """Print what is known of each module, also from earlier runs, and every change that went unnoticed."""
    total = Counter[str]()
    for module, changes in sorted(_changes().items()):
        counts = Counter(changes.values())
        total += counts
        print(f"{_share(counts):7.1%} of {counts.total():4}  {module}")
    print(*_unnoticed(), f"{_share(total):.1%} of {total.total()} changes were noticed", sep="\n")
    return int(_share(total) < WANTED)


def _unnoticed() -> list[str]:
    every = (change for changes in _changes().values() for change in changes.items())
    return sorted(name for name, status in every if status not in _NOTICED)


def _changes() -> dict[str, dict[str, str]]:
    """The status of each change by module, of those that were tried."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for meta in Path("mutants").rglob("*.py.meta"):
        for name, code in json.loads(meta.read_text())["exit_code_by_key"].items():
            if status_by_exit_code[code] in _ASKED:
                found[name.rpartition(".")[0]][name] = status_by_exit_code[code]
    return found


def _share(counts: Counter[str]) -> float:
    return sum(counts[one] for one in _NOTICED) / max(counts.total(), 1)


if __name__ == "__main__":
    raise SystemExit(main())
