"""What becomes of an escalation, over HTTP: given back to the AI, a call back, its words erased."""

from fastapi import APIRouter

from lambda_api.escalations import callbacks, forgetting, handing
from lambda_api.routes.escalations import EscalationId, Writer, shown
from lambda_api.routes.wired import PortsDep
from lambda_api.schemas.escalations import EscalationOut
from lambda_api.schemas.link_answers import HandBackIn
from lambda_api.schemas.outcome import CallbackCompleteIn, CallbackIn

router = APIRouter(prefix="/v1/escalations/{escalation_id}", tags=["escalations"])


@router.post("/hand-back")
def hand_back(
    caller: Writer, escalation_id: EscalationId, ports: PortsDep, body: HandBackIn | None = None
) -> EscalationOut:
    note = body.note if body else ""
    row = handing.hand_back(ports, escalation_id=escalation_id, actor=caller.name, note=note)
    return shown(ports, row)


@router.post("/callback")
def ask_callback(
    caller: Writer, escalation_id: EscalationId, body: CallbackIn, ports: PortsDep
) -> EscalationOut:
    row = callbacks.ask(ports, escalation_id, body.to_domain(), actor=caller.name)
    return shown(ports, row)


@router.post("/callback/complete")
def complete_callback(
    caller: Writer, escalation_id: EscalationId, ports: PortsDep, body: CallbackCompleteIn | None = None
) -> EscalationOut:
    notes = body.notes if body else ""
    return shown(ports, callbacks.complete(ports, escalation_id, actor=caller.name, notes=notes))


@router.delete("/personal-data", status_code=204)
def erase_personal_data(caller: Writer, escalation_id: EscalationId, ports: PortsDep) -> None:
    forgetting.erase(ports, escalation_id, actor=caller.name)
