"""The HTTP API's door: the app behind Mangum."""

import asyncio
from typing import Any

from mangum import Mangum
from mangum.adapter import DEFAULT_TEXT_MIME_TYPES

from lambda_api.app.factory import create_app
from lambda_api.doors.starting import start
from lambda_api.errors.problems import MEDIA_TYPE

start()
_LOOP = asyncio.new_event_loop()
APP = create_app()
_through_mangum = Mangum(APP, lifespan="off", text_mime_types=[*DEFAULT_TEXT_MIME_TYPES, MEDIA_TYPE])


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    # Mangum takes the thread's loop, which any asyncio.run in between would have taken away.
    asyncio.set_event_loop(_LOOP)
    # Nothing here believes the Host header, and Mangum stumbles over a malformed one.
    event["headers"] = {
        name: value for name, value in (event.get("headers") or {}).items() if name.lower() != "host"
    }
    return _through_mangum(event, context)
