"""The brief: kept fresh by the AI while the call is open, shown to nobody but the holder of the seat."""

from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from lambda_api.escalations import ending, holding, reading, taking, watching
from lambda_api.escalations.briefs import Brief, Caller, Line
from lambda_api.escalations.errors import EscalationEndedError, SeatNotHeldError
from lambda_api.escalations.models import Escalation
from lambda_api.escalations.names import hashed
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Words


class Shown(Struct, frozen=True, kw_only=True):
    caller: Caller
    brief: Brief


def refresh(ports: Ports, escalation_id: str, brief: Brief) -> None:
    """Replace it; raise EscalationEndedError once nobody can come any more."""
    row = reading.get(ports, escalation_id)
    taking.check_open(row)
    until = ports.clock() + timedelta(seconds=ports.policy.words_seconds)
    ports.store.put_brief(row.id, replace(brief, lines=_founded(brief)), until=until)
    if reading.get(ports, row.id).erased_at != row.erased_at:
        # Erased in between: what came too late must not outlive it.
        ports.store.delete_brief(row.id)


def show(ports: Ports, code: str, browser: str) -> Shown:
    """For the browser that took the call, and for a while after the end."""
    link = holding.link_of(ports, code)
    row = holding.row_of(ports, link)
    if row.claim is None or not holding.holds(row.claim, link, hashed(browser)):
        raise SeatNotHeldError
    _check_still_told(ports, row)
    words = reading.words(ports, row.id)
    return Shown(caller=_caller(ports, row, words), brief=_latest(ports, row, words))


def said(ports: Ports, row: Escalation) -> Words:
    """The words with what the brief knows better."""
    words = reading.words(ports, row.id)
    latest = _latest(ports, row, words)
    return replace(words, summary=latest.summary, transcript=latest.transcript)


def _latest(ports: Ports, row: Escalation, words: Words) -> Brief:
    """Until the AI has written one, what it said when it asked for a person."""
    kept = ports.store.brief(row.id, now=ports.clock())
    return kept or Brief(
        summary=words.summary, transcript=words.transcript, refreshed_at=row.created_at, language=row.language
    )


def _founded(brief: Brief) -> tuple[Line, ...]:
    """A line's turns are those that there are; what an AI made up is left out."""
    known = range(1, len(brief.transcript) + 1)
    return tuple(
        replace(line, turns=tuple(turn for turn in line.turns if turn in known)) for line in brief.lines
    )


def _check_still_told(ports: Ports, row: Escalation) -> None:
    late = timedelta(seconds=ports.policy.link_seconds)
    if row.ended_at and ports.clock() > row.ended_at + late:
        raise EscalationEndedError(ending.words(row), reason=row.end_reason)


def _caller(ports: Ports, row: Escalation, words: Words) -> Caller:
    sight = watching.see(ports, row.room)
    seen = sight.caller(row) if sight else None
    seat = ports.store.grant(row.room, row.caller_identity)
    wish = words.wish
    names = (seen.name if seen else "", seat.name if seat else "", wish.name if wish else "")
    phones = (seen.phone if seen else "", wish.phone if wish else "")
    return Caller(
        identity=row.caller_identity,
        name=next(filter(None, names), None),
        phone=next(filter(None, phones), None),
    )
