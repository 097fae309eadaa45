"""The HTTP API's door: the app behind Mangum, for those who came through the edge."""

import asyncio
import logging
from typing import Any

from mangum import Mangum
from mangum.adapter import DEFAULT_TEXT_MIME_TYPES

from lambda_api.app.factory import create_app
from lambda_api.doors.answers import refused
from lambda_api.doors.origin import require_edge
from lambda_api.doors.starting import start
from lambda_api.errors.problems import MEDIA_TYPE, problem_of

log = logging.getLogger(__name__)
_LOOP = asyncio.new_event_loop()
APP = create_app()
_through_mangum = Mangum(APP, lifespan="off", text_mime_types=[*DEFAULT_TEXT_MIME_TYPES, MEDIA_TYPE])
start("api")


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    try:
        require_edge(event, APP.state.wiring())
    except Exception as error:
        problem = problem_of(error)
        log.warning("a request was not let in", extra={"status": problem.status}, exc_info=error)
        return refused(problem)
    return _asked(event, context)


def _asked(event: dict[str, Any], context: Any) -> dict[str, Any]:
    # Mangum takes the thread's loop, which any asyncio.run in between would have taken away.
    asyncio.set_event_loop(_LOOP)
    # Nothing here believes the Host header, and Mangum stumbles over a malformed one.
    event["headers"] = {
        name: value for name, value in (event.get("headers") or {}).items() if name.lower() != "host"
    }
    return _through_mangum(event, context)
