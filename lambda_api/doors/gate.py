"""The gate before the other doors: who does not come through the edge uses up none of their executions."""

import logging
from typing import Any

from lambda_api.dependencies import wiring
from lambda_api.doors.origin import require_edge
from lambda_api.doors.starting import start
from lambda_api.errors.edge import OutsideError

log = logging.getLogger(__name__)
start("gate")


def handler(event: dict[str, Any], _context: object) -> dict[str, bool]:
    """API Gateway keeps the answer by the key shown; whatever goes wrong here is a 500, to come again."""
    try:
        require_edge(event, wiring())
    except OutsideError:
        log.warning("a request came around the edge")
        return {"isAuthorized": False}
    return {"isAuthorized": True}
