"""The brief over HTTP: the worker writes it, the person who took the call reads it."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from lambda_api.escalations import briefing
from lambda_api.routes.escalations import EscalationId, Writer
from lambda_api.routes.links import Browser, Code
from lambda_api.routes.pages.guarding import HEADERS
from lambda_api.routes.wired import PortsDep
from lambda_api.schemas.briefs import BriefIn, BriefOut

router = APIRouter()


@router.put("/v1/escalations/{escalation_id}/brief", status_code=204, tags=["escalations"])
def put_brief(_: Writer, escalation_id: EscalationId, body: BriefIn, ports: PortsDep) -> None:
    briefing.refresh(ports, escalation_id, body.to_domain(ports.clock()))


@router.get("/j/{code}/brief", response_model=BriefOut, tags=["join pages"])
def get_brief(code: Code, browser: Browser, ports: PortsDep) -> JSONResponse:
    shown = briefing.show(ports, code, browser)
    return JSONResponse(BriefOut.of(shown).model_dump(mode="json"), headers=HEADERS)
