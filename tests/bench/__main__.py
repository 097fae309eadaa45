"""`python -m tests.bench`: what a function's start takes beside the naive door; `--gate` refuses growth."""

from __future__ import annotations

import argparse
import json
import platform
import sysconfig
from pathlib import Path
from typing import Final

from tests.bench import bundles, starts

RESULTS: Final = Path(__file__).with_name("results.json")
_NAIVE: Final = "naive"
_BARE: Final = "bare"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--gate", action="store_true", help="compare with the committed figures only")
    asked = parser.parse_args()
    if not starts.can_count():
        print(f"  {starts.VALGRIND:<28} missing, starts are not counted: sudo apt-get install valgrind")
        return 0 if asked.gate else 1
    return _gate() if asked.gate else _bench()


def _gate() -> int:
    committed = _committed()
    if not committed:
        print(f"no figures are kept for Python {platform.python_version()}: starts are not compared")
        return 0
    found = _doors()
    grown = starts.grown(found, committed)
    for door in grown:
        print(f"the {door} door's start: {found[door]:,} instructions, {committed.get(door, 0):,} committed")
    return 1 if grown else 0


def _bench() -> int:
    naive = starts.count("tests.bench.naive", Path.cwd(), Path(sysconfig.get_paths()["purelib"]))
    found = {**_doors(), _NAIVE: naive, _BARE: starts.count_nothing()}
    for name, figure in found.items():
        print(f"  {name:<9} {figure:>14,} instructions  {figure / naive:.3f} of the naive door's")
    kept = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**kept, platform.python_version(): found}, indent=2) + "\n")
    return 0


def _doors() -> dict[str, int]:
    """Counted once for each bundle: half a minute a door."""
    with bundles.built() as bundle:
        kept = bundles.kept(f"{platform.python_version()}-{bundles.digest(bundle)}")
        if not kept.exists():
            kept.write_text(json.dumps(starts.counted(bundle)))
    found: dict[str, int] = json.loads(kept.read_text())
    return found


def _committed() -> dict[str, int]:
    if not RESULTS.exists():
        return {}
    found: dict[str, int] = json.loads(RESULTS.read_text()).get(platform.python_version(), {})
    return found


if __name__ == "__main__":
    raise SystemExit(main())
