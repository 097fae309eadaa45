"""Many universes on all cores, or one of them told in full: python -m tests.simulation [--replay SEED]."""

import argparse
import logging
import os
import random
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from enum import EnumType
from itertools import count

from tests.simulation.runs import Tally, judged, run, universe
from tests.simulation.story import story

BATCH = 500  # escalations; fewer universes than that, so no two batches have one in common
TOLD_EVERY = 4


def main() -> int:
    asked = _asked()
    logging.disable(logging.CRITICAL)
    _quicken_enums()
    return _replay(asked.replay) if asked.replay is not None else _run_many(asked)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--escalations", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--replay", type=int, help="the seed of one universe, to be told step by step")
    return parser.parse_args()


def _quicken_enums() -> None:
    """As from Python 3.12 on: in 3.11 this keeps every look at a member of an enum from the quick way."""
    if "__getattr__" in vars(EnumType):
        delattr(EnumType, "__getattr__")


def _replay(seed: int) -> int:
    one = universe(seed)
    found = judged(one)
    print(one.script)
    print(*story(one.history), *found, sep="\n")
    return bool(found)


def _run_many(asked: argparse.Namespace) -> int:
    """In batches of their own seeds, so that what is done is told though the run should be cut short."""
    print(f"seed {asked.seed}: {asked.escalations:,} escalations on {asked.cores} cores", flush=True)
    total, batches = Tally(), -(-asked.escalations // BATCH)
    with ProcessPoolExecutor(max_workers=asked.cores) as pool:
        parts = [pool.submit(_timed, asked.seed + number * BATCH) for number in range(batches)]
        for number, part in enumerate(as_completed(parts), 1):
            total.add(part.result())
            if number % TOLD_EVERY == 0 or number == batches:
                _print(total)
    return bool(total.found)


def _timed(first: int) -> Tally:
    logging.disable(logging.CRITICAL)
    began = time.process_time()
    tally = run(count(first), escalations=BATCH)
    tally.seconds = time.process_time() - began
    return tally


def _print(total: Tally) -> None:
    rate = total.escalations / total.seconds
    print(
        f"{total.escalations:,} escalations in {total.universes:,} universes, {total.steps:,} steps,",
        f"{total.disturbances:,} disturbances, {rate:,.0f} escalations a second of one core,",
        f"{len(total.found)} universes with violations",
        flush=True,
    )
    for seed, found in sorted(total.found.items()):
        print(f"seed {seed}:", *found, sep="\n  ")


if __name__ == "__main__":
    raise SystemExit(main())
