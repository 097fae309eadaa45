"""The worker's figures in CloudWatch's embedded metric format: one JSON line, and nobody's data in it."""

import json
import logging
import time
from typing import Final

from agent_container.logs import METRICS

logger = logging.getLogger(METRICS)

NAMESPACE: Final = "Handoff"


def count(name: str, value: float) -> None:
    directive = {"Namespace": NAMESPACE, "Dimensions": [[]], "Metrics": [{"Name": name, "Unit": "Count"}]}
    about = {"Timestamp": round(time.time() * 1000), "CloudWatchMetrics": [directive]}
    logger.info(json.dumps({"_aws": about, name: value}))
