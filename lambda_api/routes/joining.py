"""Mints the token that a seat is worth: what a role may do in the room is said in one place."""

import json

from lambda_api.adapters.tokens import JoinToken
from lambda_api.dependencies import Wiring
from lambda_api.escalations.claiming import Seat
from lambda_api.escalations.models import Role


def token_for(seat: Seat, wiring: Wiring) -> JoinToken:
    mint = {Role.CALLER: _caller, Role.HUMAN_AGENT: _human_agent, Role.OBSERVER: _observer}[seat.role]
    return mint(seat, wiring)


def _caller(seat: Seat, wiring: Wiring) -> JoinToken:
    return wiring.minter.caller(
        room=seat.room,
        identity=seat.identity,
        name=seat.name,
        agent_name=wiring.settings.agent_name,
        metadata=json.dumps({"caller_identity": seat.identity}),
    )


def _human_agent(seat: Seat, wiring: Wiring) -> JoinToken:
    attributes = {"handoff.escalation": seat.escalation_id or "", "handoff.seat": seat.id}
    return wiring.minter.human_agent(
        room=seat.room, identity=seat.identity, name=seat.name, attributes=attributes
    )


def _observer(seat: Seat, wiring: Wiring) -> JoinToken:
    return wiring.minter.observer(room=seat.room, identity=seat.identity, name=seat.name)
