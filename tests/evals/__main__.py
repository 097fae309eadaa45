"""Tries whatever decides on the evaluation's material: python -m tests.evals."""

import argparse
import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from tests.evals import material, report, trial
from tests.evals.deciders import Decider, Model, StandIn
from tests.evals.keywords import Keywords

_DOTENV = Path(__file__).parents[2] / ".env.local"
_MODEL = "gpt-4o"


def deciders(settings: Mapping[str, str | None]) -> list[Decider]:
    known: list[Decider] = [StandIn(), Keywords()]
    if key := settings.get("OPENAI_API_KEY"):
        model = settings.get("HANDOFF_LLM_MODEL") or _MODEL
        known.append(Model(model=model, base_url=settings.get("OPENAI_BASE_URL") or None, api_key=key))
    return known


async def main(misses_of: str, splits: list[str]) -> None:
    settings = {**dotenv_values(_DOTENV), **os.environ}
    tried = [await trial.run(one, split) for one in deciders(settings) for split in splits]
    print("\n".join(report.lines(tried, misses_of=misses_of)))
    if not settings.get("OPENAI_API_KEY"):
        print("\nA model is tried as well when OPENAI_API_KEY (and OPENAI_BASE_URL) stand in .env.local.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.evals")
    parser.add_argument("--misses", choices=(*material.SPLITS, "none"), default="dev")
    parser.add_argument("--splits", nargs="+", choices=material.SPLITS, default=list(material.SPLITS))
    wanted = parser.parse_args()
    asyncio.run(main(wanted.misses, wanted.splits))
