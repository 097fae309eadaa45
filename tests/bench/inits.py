"""`python -m tests.bench.inits`: how long INIT of each door takes in AWS's emulator, and of the naive one."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sysconfig
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from local.setup.emulator import emulator
from tests.bench import bundles, machine
from tests.bench.emulator import init_ms
from tests.bench.starts import DOORS, TOLD

RESULTS: Final = Path(__file__).with_name("inits.json")
_ROUNDS: Final = 15
Start = Callable[[], float]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.inits", description=__doc__)
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    rounds = parser.parse_args().rounds
    asyncio.run(emulator())
    with bundles.built() as bundle, tempfile.TemporaryDirectory() as logs:
        starts = _starts(bundle, Path(logs))
        found = {name: [start()] for name, start in starts.items()}  # the first reads from the disk
        for _ in range(rounds):
            for name, start in starts.items():
                found[name].append(start())
    RESULTS.write_text(json.dumps(_told({name: each[1:] for name, each in found.items()}), indent=2) + "\n")
    return 0


def _starts(bundle: Path, logs: Path) -> dict[str, Start]:
    """Turn by turn, so that whatever else the machine does meets all of them."""
    ours = {door: (f"lambda_api.doors.{door}", (bundle,)) for door in DOORS}
    beside = (Path.cwd(), Path(sysconfig.get_paths()["purelib"]))
    others = {name: (f"tests.bench.{name}", beside) for name in ("naive", "bare")}

    def start(name: str, module: str, paths: tuple[Path, ...]) -> Start:
        return lambda: init_ms(module, *paths, told=TOLD, log=logs / f"{name}.log")

    return {name: start(name, *what) for name, what in {**ours, **others}.items()}


def _told(found: dict[str, list[float]]) -> dict[str, object]:
    """The ratio is of the same round's two starts, and of all rounds' ratios the median."""
    doors = {}
    for name, each in found.items():
        ratio = statistics.median(own / naive for own, naive in zip(each, found["naive"], strict=True))
        doors[name] = {"median_ms": round(statistics.median(each), 1), "of_naive": round(ratio, 3)}
        print(f"  {name:<9} {statistics.median(each):>8.1f} ms  {ratio:.3f} of the naive door's")
    load = round(os.getloadavg()[0], 1)
    return {"rounds": len(found["naive"]), "machine": {**machine.facts(), "load": load}, "init": doors}


if __name__ == "__main__":
    raise SystemExit(main())
