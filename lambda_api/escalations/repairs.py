"""The writing half of a look: the one change of the row that each step means."""

from datetime import datetime, timedelta
from functools import singledispatch
from typing import Final

from msgspec.structs import replace

from lambda_api.escalations import ending, ladder, saving, steps, transitions
from lambda_api.escalations.models import Escalation, Status
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Change

SOON: Final = 2  # seconds; a look that finds the human to be heard is late already, so its farewell is short


@singledispatch
def change(step: steps.Written, _ports: Ports, _row: Escalation, _at: datetime) -> Change:
    raise NotImplementedError(step)


@change.register
def _(_step: steps.CallerGone, _ports: Ports, row: Escalation, at: datetime) -> Change:
    return ending.end(row, at, actor="caller", cause="look", reason=ending.CALLER_LEFT)


@change.register
def _(step: steps.HumanGone, _ports: Ports, row: Escalation, at: datetime) -> Change:
    gone = transitions.dropped if row.status is Status.CONNECTED else transitions.away
    return saving.after(row, gone(row, step.claim, at=at, cause="look", reason=ending.HUMAN_DROPPED))


@change.register
def _(_step: steps.HumanLost, _ports: Ports, row: Escalation, at: datetime) -> Change:
    return saving.after(
        row,
        transitions.ended(
            row, Status.HANDED_BACK, at=at, actor="timer", cause="look", reason=ending.HUMAN_DROPPED
        ),
    )


@change.register
def _(step: steps.HumanThere, _ports: Ports, row: Escalation, at: datetime) -> Change:
    joined_at = step.holder.joined_at
    claim = replace(step.claim, sid=step.holder.sid, joined_at=joined_at, there_at=at)
    return saving.after(row, transitions.there(row, claim, at=at, cause="look"))


@change.register
def _(step: steps.HumanHeard, _ports: Ports, row: Escalation, at: datetime) -> Change:
    until = at + timedelta(seconds=SOON)
    return saving.after(row, transitions.heard(row, step.claim, at=at, cause="look", dismiss_at=until))


@change.register
def _(step: steps.Release, ports: Ports, row: Escalation, at: datetime) -> Change:
    return ladder.release(ports, row, step.claim, at)


@change.register
def _(_step: steps.NextTier, ports: Ports, row: Escalation, at: datetime) -> Change:
    return ladder.next_tier(ports, row, at)


@change.register
def _(_step: steps.DismissAgent, _ports: Ports, row: Escalation, at: datetime) -> Change:
    return saving.after(row, transitions.dismissed(row, at=at))


@change.register
def _(_step: steps.AgentLeft, _ports: Ports, row: Escalation, at: datetime) -> Change:
    return saving.after(row, transitions.ai_left(row, at=at, actor="timer", cause="look"))
