"""A person's link: looking at it does nothing, pressing Join takes the call for this browser."""

import re
import secrets
from typing import Annotated

from fastapi import APIRouter, Cookie, Depends, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse

from lambda_api.errors.edge import CrossSiteError
from lambda_api.escalations import claiming
from lambda_api.escalations.errors import UnknownLinkError
from lambda_api.routes.joining import token_for
from lambda_api.routes.pages.frame import HEADERS
from lambda_api.routes.pages.join import claimed_page, join_page
from lambda_api.routes.pages.style import CSS
from lambda_api.routes.pages.wanted import wants_json
from lambda_api.routes.wired import PortsDep, WiringDep
from lambda_api.schemas.join_urls import ClaimedOut

router = APIRouter(tags=["join pages"])
SEAT_COOKIE = "handoff_seat"
_COOKIE_S = 12 * 3600
_CODE = re.compile(r"[A-Za-z0-9_-]{22}")
_BROWSER = re.compile(r"[A-Za-z0-9_-]{32}")


def known_shape(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise UnknownLinkError
    return code


def own_page(request: Request, wiring: WiringDep) -> None:
    """Refuse another site's form; our own pages send no referrer, hence the origin "null"."""
    origin = request.headers.get("origin", "null")
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise CrossSiteError
    if origin not in ("null", _origin_of(wiring.settings.public_url)):
        raise CrossSiteError


Code = Annotated[str, Depends(known_shape)]


@router.head("/j/{code}", response_class=HTMLResponse, include_in_schema=False)
@router.get("/j/{code}", response_class=HTMLResponse)
def look(code: Code, ports: PortsDep) -> HTMLResponse:
    view = claiming.view(ports, code)
    return HTMLResponse(join_page(view, code=code, now=ports.clock()), headers=HEADERS)


@router.post("/j/{code}/claim", dependencies=[Depends(own_page)], response_model=ClaimedOut)
def claim(
    code: Code,
    request: Request,
    wiring: WiringDep,
    seat_cookie: Annotated[str | None, Cookie(alias=SEAT_COOKIE)] = None,
) -> Response:
    browser = seat_cookie if seat_cookie and _BROWSER.fullmatch(seat_cookie) else secrets.token_urlsafe(24)
    seat = claiming.claim(wiring.ports, code, browser)
    join = token_for(seat, wiring)
    answer: Response = HTMLResponse(claimed_page(seat, join), headers=HEADERS)
    if wants_json(request):
        answer = JSONResponse(ClaimedOut.of(seat, join).model_dump(mode="json"), headers=HEADERS)
    _remember(answer, browser, path=f"/j/{code}", secure=wiring.settings.public_url.startswith("https:"))
    return answer


@router.get("/join.css", include_in_schema=False)
def style() -> PlainTextResponse:
    return PlainTextResponse(CSS, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


def _remember(answer: Response, browser: str, *, path: str, secure: bool) -> None:
    answer.set_cookie(
        SEAT_COOKIE, browser, max_age=_COOKIE_S, path=path, secure=secure, httponly=True, samesite="lax"
    )


def _origin_of(url: str) -> str:
    return "/".join(url.split("/", 3)[:3])
