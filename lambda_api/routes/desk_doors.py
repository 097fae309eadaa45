"""In and out of the desk: a link of one use is asked for, opened without effect, and pressed."""

import re
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from lambda_api.escalations import sessions, signing_in
from lambda_api.escalations.errors import SignInRefusedError
from lambda_api.routes.desk_browser import CookieValue, forget, remember
from lambda_api.routes.links import own_page
from lambda_api.routes.pages.desk import desk_page, sign_in_page
from lambda_api.routes.pages.guarding import HEADERS
from lambda_api.routes.pages.shell import shell
from lambda_api.routes.pages.wanted import wants_json
from lambda_api.routes.posted import described, posted
from lambda_api.routes.wired import PortsDep, WiringDep
from lambda_api.schemas.desk import NothingOut, SignInIn

router = APIRouter(prefix="/desk", tags=["desk"])
_HOME: Final = "/desk"
_HOMEWARD: Final[dict[int | str, dict[str, Any]]] = {
    303: {"description": "A browser goes to the desk's page"}
}
_CODE = re.compile(r"[A-Za-z0-9_-]{22}")


@router.head("", include_in_schema=False)
@router.get("", response_class=HTMLResponse)
def page(wiring: WiringDep) -> HTMLResponse:
    """The same for everybody; what it shows, its script asks for."""
    return shell(wiring, "desk", *desk_page())


@router.post(
    "/sign-in",
    status_code=202,
    dependencies=[Depends(own_page)],
    response_model=NothingOut,
    openapi_extra=described(SignInIn),
)
def ask(body: Annotated[SignInIn, Depends(posted(SignInIn))], ports: PortsDep) -> Response:
    """Always the same answer, whoever asks for whom and however often."""
    signing_in.ask(ports, body.who.strip())
    return JSONResponse({}, status_code=202, headers=HEADERS)


@router.head("/in/{sign_in_code}", include_in_schema=False)
@router.get("/in/{sign_in_code}", response_class=HTMLResponse)
def look(sign_in_code: str) -> HTMLResponse:
    """One button without a script: what only loads pages signs nobody in, and learns nothing of the code."""
    return HTMLResponse(sign_in_page(_known_shape(sign_in_code)), headers=HEADERS)


@router.post(
    "/in/{sign_in_code}", dependencies=[Depends(own_page)], response_model=NothingOut, responses=_HOMEWARD
)
def sign_in(sign_in_code: str, request: Request, wiring: WiringDep) -> Response:
    value = sessions.begin(wiring.ports, _known_shape(sign_in_code))
    answer = _home(request)
    remember(answer, value, wiring)
    return answer


@router.post("/sign-out", dependencies=[Depends(own_page)], response_model=NothingOut, responses=_HOMEWARD)
def sign_out(request: Request, value: CookieValue, ports: PortsDep) -> Response:
    if value:
        sessions.end(ports, value)
    answer = _home(request)
    forget(answer)
    return answer


def _home(request: Request) -> Response:
    if wants_json(request):
        return JSONResponse({}, headers=HEADERS)
    return RedirectResponse(_HOME, status_code=303, headers=HEADERS)


def _known_shape(code: str) -> str:
    if not _CODE.fullmatch(code):
        raise SignInRefusedError
    return code
