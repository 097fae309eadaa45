"""The reconciler: compare a row with the clock and with the room, and repair what nobody told."""

import logging
import math
from datetime import timedelta
from typing import Final

from lambda_api.escalations import (
    aftermath,
    agents,
    delivering,
    due,
    effects,
    publishing,
    recalling,
    recording,
    repairs,
    roster,
    signing_in,
    steps,
)
from lambda_api.escalations.errors import ConflictError, EscalationError
from lambda_api.escalations.models import Escalation, Status
from lambda_api.escalations.names import desk_in, of_room, room_in
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.watching import see

logger = logging.getLogger(__name__)

STEPS: Final = 10  # in one look: a whole life has fewer


def look(ports: Ports, escalation_id: str, *, chain: bool) -> None:
    """Repair one row, room or desk; a chained look at an open row comes again, as any does before an exit."""
    if room := room_in(escalation_id):
        agents.look(ports, room)
    elif person := desk_in(escalation_id):
        signing_in.deliver(ports, person)
    elif row := ports.store.escalation(escalation_id):
        _look(ports, row, chain=chain)


def _look(ports: Ports, row: Escalation, *, chain: bool) -> None:
    items = ports.store.outbox(row.id)
    row = publishing.publish_due(ports, row, items)
    if row.is_open:
        row = _settle(ports, row)
    if not row.is_open:
        recalling.see_to_agent(ports, row)
    elif chain:
        _chain(ports, row)
    elif aftermath.awaits_exit(row):
        heard, policy = row.status is Status.CONNECTED, ports.policy
        effects.look_later(ports, row, policy.exit_look_seconds if heard else policy.unheard_look_seconds)
    delivering.deliver_due(ports, items)


def sweep(ports: Ports) -> None:
    """The net under the looks: open rows, missed rooms, unsent notifications, unconfirmed addresses."""
    waiting = {item.escalation_id for item in ports.store.outbox()}
    missed = map(of_room, ports.store.missed_rooms(now=ports.clock()))
    for escalation_id in sorted(waiting.union(ports.store.open_ids(), missed)):
        try:
            look(ports, escalation_id, chain=True)
        except EscalationError:
            logger.exception("a row could not be swept", extra={"escalation_id": escalation_id})
    roster.refresh(ports)


def _settle(ports: Ports, row: Escalation) -> Escalation:
    """Do what is due until nothing is; the room is looked at after the row was read, never before."""
    sight = see(ports, row.room)
    for _ in range(STEPS):
        step = due.next_step(row, ports.clock(), sight, ports.policy)
        if step is None:
            return row
        if isinstance(step, steps.Unwritten):
            return _see_to(ports, row, step)
        try:
            row = _repair(ports, row, step)
        except ConflictError:
            row = ports.store.escalation(row.id) or row
            sight = see(ports, row.room)
    return row


def _see_to(ports: Ports, row: Escalation, step: steps.Unwritten) -> Escalation:
    """No conflict stops what writes nothing: unless the row is as it was, it is left to the next look."""
    if ports.store.escalation(row.id) == row:
        aftermath.see_to(ports, row, step)
    return ports.store.escalation(row.id) or row


def _repair(ports: Ports, row: Escalation, step: steps.Written) -> Escalation:
    change = repairs.change(step, ports, row, ports.clock())
    recording.commit(ports, change)
    aftermath.follow(step, ports, change.escalation)
    return publishing.publish_held(ports, change.escalation, change.outbox)


def _chain(ports: Ports, row: Escalation) -> None:
    """Whoever takes the next link of the chain queues it; a second chain of the same row dies here."""
    now, delay = ports.clock(), ports.policy.chain_seconds
    until = due.deadline(row, ports.policy)
    if until:
        delay = max(1, min(delay, math.ceil((until - now).total_seconds())))
    if ports.store.take_chain(row.id, now=now, until=now + timedelta(seconds=delay - 0.5)):
        ports.timers.look_later(row.id, delay_s=delay, chain=True)
