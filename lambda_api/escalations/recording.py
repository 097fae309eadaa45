"""The one way a change is written: together with its offers to other systems, and measured afterwards."""

from typing import Final

from msgspec.structs import replace

from lambda_api.escalations import effects, measuring, offering
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change

_SOON: Final = 1


def commit(ports: Ports, change: Change) -> None:
    """All or nothing; raise ConflictError or DuplicateEventError."""
    offered = offering.items(ports, change.escalation)
    ports.store.commit(replace(change, outbox=change.outbox + offered) if offered else change)
    measuring.measure(change.escalation, stage=ports.policy.stage)
    if offered:
        effects.look_later(ports, change.escalation, _SOON)
