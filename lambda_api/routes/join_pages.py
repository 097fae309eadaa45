"""A person's link: looking at it does nothing, pressing Join takes the call for this browser."""

import secrets
from typing import Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse

from lambda_api.dependencies import Wiring
from lambda_api.escalations import claiming
from lambda_api.routes.joining import token_for
from lambda_api.routes.links import PAGED, SEAT_COOKIE, Browser, Code, answered, own_page
from lambda_api.routes.pages.guarding import HEADERS
from lambda_api.routes.pages.join import claimed_page, join_page
from lambda_api.routes.pages.shell import shell
from lambda_api.routes.pages.style import CSS
from lambda_api.routes.pages.wanted import wants_json
from lambda_api.routes.wired import WiringDep
from lambda_api.schemas.join_pages import LookOut
from lambda_api.schemas.join_urls import ClaimedOut

router = APIRouter(tags=["join pages"])
_COOKIE_S: Final = 12 * 3600
_NAME_BYTES: Final = 24  # of a browser's name, which nobody can guess


@router.head("/j/{code}", response_class=HTMLResponse, include_in_schema=False)
@router.get("/j/{code}", response_model=LookOut, responses=PAGED)
def look(code: Code, request: Request, browser: Browser, wiring: WiringDep) -> Response:
    """A page for a browser, which answers 410 after the end; JSON for its script, which says so itself."""
    now = wiring.ports.clock()
    view = claiming.view(wiring.ports, code, browser)
    if wants_json(request):
        return JSONResponse(LookOut.of(view, now=now).model_dump(mode="json"), headers=HEADERS)
    title, *content = join_page(view, code=code, now=now)
    answer = shell(wiring, "join", title, *content, status=410 if view.ended else 200)
    if request.method == "GET" and not (browser or view.ended):
        # Before the press: a claim whose answer is lost is then this browser's all the same.
        _remember(answer, secrets.token_urlsafe(_NAME_BYTES), code=code, wiring=wiring)
    return answer


@router.post("/j/{code}/claim", dependencies=[Depends(own_page)], response_model=ClaimedOut, responses=PAGED)
def claim(code: Code, request: Request, wiring: WiringDep, browser: Browser) -> Response:
    browser = browser or secrets.token_urlsafe(_NAME_BYTES)
    seat = claiming.claim(wiring.ports, code, browser)
    join = token_for(seat, wiring)
    answer = answered(request, claimed_page(seat, join, code=code), ClaimedOut.of(seat, join))
    _remember(answer, browser, code=code, wiring=wiring)
    return answer


@router.get("/join.css", include_in_schema=False)
def style() -> PlainTextResponse:
    return PlainTextResponse(CSS, media_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


def _remember(answer: Response, browser: str, *, code: str, wiring: Wiring) -> None:
    answer.set_cookie(
        SEAT_COOKIE,
        browser,
        max_age=_COOKIE_S,
        path=f"/j/{code}",
        secure=wiring.settings.public_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )
