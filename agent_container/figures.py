"""The worker's figures in CloudWatch's embedded metric format: one JSON line, and nobody's data in it."""

import asyncio
import json
import logging
import os
import time
from collections.abc import Callable
from typing import Final

from agent_container.logs import METRICS

logger = logging.getLogger(METRICS)

TELL_EVERY: Final = 60.0
NAMESPACE: Final = "Handoff"


async def tell_active_calls(calls: Callable[[], int]) -> None:
    """Each worker as often as the others: the average over all of them decides how many there are."""
    while True:
        count("active_calls", calls())
        await asyncio.sleep(TELL_EVERY)


def count(name: str, value: float) -> None:
    metrics = [{"Name": name, "Unit": "Count"}]
    directive = {"Namespace": NAMESPACE, "Dimensions": [[], ["stage"]], "Metrics": metrics}
    about = {"Timestamp": round(time.time() * 1000), "CloudWatchMetrics": [directive]}
    stage = os.environ.get("HANDOFF_STAGE", "laptop")
    logger.info(json.dumps({"_aws": about, "stage": stage, name: value}))
