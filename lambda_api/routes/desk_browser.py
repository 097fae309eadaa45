"""The browser at the desk: its cookie, and the person whose it is."""

import re
from typing import Annotated, Final

from fastapi import Cookie, Depends, Request, Response

from lambda_api.dependencies import Wiring
from lambda_api.escalations import sessions
from lambda_api.escalations.models import HumanAgent
from lambda_api.routes.wired import PortsDep

COOKIE: Final = "handoff_desk"
_PATH: Final = "/desk"
_POLLS: Final = "x-handoff-poll"
_SHAPE = re.compile(r"[A-Za-z0-9_-]{32}")


def cookie_of(cookie: Annotated[str | None, Cookie(alias=COOKIE)] = None) -> str:
    return cookie if cookie and _SHAPE.fullmatch(cookie) else ""


CookieValue = Annotated[str, Depends(cookie_of)]


def signed_in(request: Request, value: CookieValue, ports: PortsDep) -> HumanAgent:
    """A page that asks by itself says so, and keeps nobody signed in by that."""
    acts = request.method != "HEAD" and request.headers.get(_POLLS) != "1"
    return sessions.person_of(ports, value, acts=acts)


Me = Annotated[HumanAgent, Depends(signed_in)]


def remember(answer: Response, value: str, wiring: Wiring) -> None:
    answer.set_cookie(
        COOKIE,
        value,
        max_age=int(wiring.ports.policy.session_seconds),
        path=_PATH,
        secure=wiring.settings.public_url.startswith("https:"),
        httponly=True,
        samesite="strict",
    )


def forget(answer: Response) -> None:
    answer.delete_cookie(COOKIE, path=_PATH, httponly=True, samesite="strict")
