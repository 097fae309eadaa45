"""Millions of changed webhooks on all cores: python -m tests.fuzz [--mutations N] [--seed S]."""

import argparse
import os
import random
import time
from concurrent.futures import ProcessPoolExecutor, as_completed

from tests.fuzz.comparing import Comparison, compare

BATCH = 20_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--mutations", type=int, default=5_000_000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--cores", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    print(f"seed {asked.seed}: {asked.mutations:,} changed webhooks on {asked.cores} cores", flush=True)
    total, batches, began = Comparison(), -(-asked.mutations // BATCH), time.monotonic()
    with ProcessPoolExecutor(max_workers=asked.cores) as pool:
        parts = [pool.submit(compare, asked.seed + number, mutations=BATCH) for number in range(batches)]
        for part in as_completed(parts):
            total.add(part.result())
            _print(total, time.monotonic() - began)
    return bool(total.wrong)


def _print(total: Comparison, seconds: float) -> None:
    print(
        f"{total.tried:,} tried in {seconds:,.0f} s, {total.both:,} taken by both,",
        f"{sum(total.stricter.values()):,} by livekit-api alone, {len(total.wrong)} wrong",
        flush=True,
    )
    for reason, times in total.stricter.items():
        print(f"  {times:,}: {reason}")
    print(*total.wrong[:5], sep="\n", end="\n" if total.wrong else "")


if __name__ == "__main__":
    raise SystemExit(main())
