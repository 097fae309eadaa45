"""What a person says by their link beside Join: when they come, that they cannot, that they are done."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from lambda_api.escalations import answering, finishing, handing
from lambda_api.routes.links import PAGED, Browser, Code, answered, own_page
from lambda_api.routes.pages.thanks import completed_page, declined_page, eta_page, handed_back_page
from lambda_api.routes.posted import described, posted
from lambda_api.routes.wired import PortsDep
from lambda_api.schemas.link_answers import (
    CompletedOut,
    CompleteIn,
    EtaGivenOut,
    EtaIn,
    HandBackIn,
    StatusOut,
)

router = APIRouter(prefix="/j/{code}", tags=["join pages"], dependencies=[Depends(own_page)], responses=PAGED)


@router.post("/eta", response_model=EtaGivenOut, openapi_extra=described(EtaIn))
def eta(
    code: Code,
    request: Request,
    body: Annotated[EtaIn, Depends(posted(EtaIn))],
    ports: PortsDep,
    browser: Browser,
) -> Response:
    row = answering.eta(ports, code, body.minutes, browser)
    return answered(request, eta_page(row, code=code), EtaGivenOut.of(row))


@router.post("/decline", response_model=StatusOut)
def decline(code: Code, request: Request, ports: PortsDep) -> Response:
    row = answering.decline(ports, code)
    return answered(request, declined_page(row, code=code), StatusOut.of(row))


@router.post("/hand-back", response_model=StatusOut, openapi_extra=described(HandBackIn))
def hand_back(
    code: Code,
    request: Request,
    body: Annotated[HandBackIn, Depends(posted(HandBackIn))],
    ports: PortsDep,
    browser: Browser,
) -> Response:
    row = handing.hand_back(ports, code=code, browser=browser, note=body.note)
    return answered(request, handed_back_page(), StatusOut.of(row))


@router.post("/complete", response_model=CompletedOut, openapi_extra=described(CompleteIn))
def complete(
    code: Code,
    request: Request,
    body: Annotated[CompleteIn, Depends(posted(CompleteIn))],
    ports: PortsDep,
    browser: Browser,
) -> Response:
    row = finishing.complete(ports, code, browser, body.disposition, body.notes)
    return answered(request, completed_page(row), CompletedOut.of(row))
