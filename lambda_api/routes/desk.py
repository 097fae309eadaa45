"""The desk over HTTP, for who is signed in: what is going on, one's own state, and a link to a call."""

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from lambda_api.escalations import desk, sessions
from lambda_api.routes.desk_browser import Me
from lambda_api.routes.escalations import EscalationId
from lambda_api.routes.links import own_page
from lambda_api.routes.pages.guarding import HEADERS
from lambda_api.routes.wired import PortsDep
from lambda_api.schemas.desk import DeskOut, LinkOut, MeIn, MeOut
from lambda_api.schemas.fields import Answer

router = APIRouter(prefix="/desk", tags=["desk"])


@router.get("/state", response_model=DeskOut)
def state(me: Me, ports: PortsDep) -> JSONResponse:
    """`X-Handoff-Poll: 1` says that the page asks by itself."""
    return _answered(DeskOut.of(desk.board(ports, me), me))


@router.post("/me", dependencies=[Depends(own_page)], response_model=MeOut)
def set_state(me: Me, body: MeIn, ports: PortsDep) -> JSONResponse:
    return _answered(MeOut.of(sessions.set_away(ports, me, away=body.state == "away")))


@router.post("/escalations/{escalation_id}/link", dependencies=[Depends(own_page)], response_model=LinkOut)
def link(me: Me, escalation_id: EscalationId, ports: PortsDep) -> JSONResponse:
    return _answered(LinkOut(url=f"/j/{desk.link(ports, me, escalation_id)}"))


def _answered(answer: Answer) -> JSONResponse:
    return JSONResponse(answer.model_dump(mode="json"), headers=HEADERS)
