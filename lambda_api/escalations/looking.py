"""The reconciler: compare a row with the clock and with the room, and repair what nobody told."""

from lambda_api.escalations.ports import Ports


def look(ports: Ports, escalation_id: str, *, chain: bool) -> None:
    raise NotImplementedError


def sweep(ports: Ports) -> None:
    raise NotImplementedError
