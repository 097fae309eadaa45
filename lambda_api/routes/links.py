"""What every route of a person's link asks for: the code, our own page, the browser that took the seat."""

import re
from typing import Annotated, Any, Final

from fastapi import Cookie, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from lambda_api.errors.edge import CrossSiteError
from lambda_api.escalations.errors import UnknownLinkError
from lambda_api.routes.pages.guarding import HEADERS
from lambda_api.routes.pages.wanted import wants_json
from lambda_api.routes.wired import WiringDep
from lambda_api.schemas.fields import Answer

SEAT_COOKIE: Final = "handoff_seat"
PAGED: Final[dict[int | str, dict[str, Any]]] = {200: {"content": {"text/html": {}}}}  # for a browser
_CODE = re.compile(r"[A-Za-z0-9_-]{22}")
_BROWSER = re.compile(r"[A-Za-z0-9_-]{32}")


def known_shape(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise UnknownLinkError
    return code


def code_in(request: Request) -> str | None:
    code = str(request.path_params.get("code", ""))
    return code if _CODE.fullmatch(code) else None


def own_page(request: Request, wiring: WiringDep) -> None:
    """Refuse another site's form; our own pages send no referrer, hence the origin "null"."""
    origin = request.headers.get("origin", "null")
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise CrossSiteError
    if origin not in ("null", _origin_of(wiring.settings.public_url)):
        raise CrossSiteError


def seated_browser(cookie: Annotated[str | None, Cookie(alias=SEAT_COOKIE)] = None) -> str:
    """Empty for a browser that this link's page has never named."""
    return cookie if cookie and _BROWSER.fullmatch(cookie) else ""


Code = Annotated[str, Depends(known_shape)]
Browser = Annotated[str, Depends(seated_browser)]


def answered(request: Request, page: str, answer: Answer) -> Response:
    if wants_json(request):
        return JSONResponse(answer.model_dump(mode="json"), headers=HEADERS)
    return HTMLResponse(page, headers=HEADERS)


def _origin_of(url: str) -> str:
    return "/".join(url.split("/", 3)[:3])
