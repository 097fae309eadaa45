"""LiveKit's webhooks, for where the app is run without its Lambda doors."""

import logging
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from lambda_api.auth import webhooks
from lambda_api.dependencies import Wiring
from lambda_api.errors.problems import MEDIA_TYPE, webhook_problem
from lambda_api.escalations import presence
from lambda_api.routes.wired import get_wiring

PATH = "/webhooks/livekit"
router = APIRouter(tags=["webhooks"])
log = logging.getLogger(__name__)


async def raw_body(request: Request) -> bytes:
    """The signature covers these bytes; nothing may parse and write them again before it is checked."""
    return await request.body()


@router.post(PATH)
def livekit_webhook(request: Request, body: Annotated[bytes, Depends(raw_body)]) -> JSONResponse:
    try:
        _take(body, request.headers.get("authorization"), get_wiring(request))
    except Exception as error:
        problem = webhook_problem(error)
        log.warning("a webhook was not taken", extra={"status": problem.status}, exc_info=error)
        return JSONResponse(problem.body(), status_code=problem.status, media_type=MEDIA_TYPE)
    return JSONResponse({})


def _take(body: bytes, authorization: str | None, wiring: Wiring) -> None:
    keys, forget = wiring.livekit.webhook_keys, wiring.livekit.forget
    event = webhooks.verify(body, authorization, keys=keys, forget=forget)
    if event is not None:
        presence.apply(wiring.ports, event)
