"""Who is signed in: for as long as they do something, and for half a day at most."""

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from lambda_api.escalations.desk_records import Session
from lambda_api.escalations.errors import ConflictError, NotSignedInError, SignInRefusedError
from lambda_api.escalations.models import HumanAgent
from lambda_api.escalations.names import cookie, hashed
from lambda_api.escalations.ports import Ports

_WORTH_NOTING: Final = timedelta(seconds=15)  # between two writes of what somebody does all the time


def begin(ports: Ports, code: str) -> str:
    """The new browser's cookie for a code that nobody has used, or raise SignInRefusedError."""
    known, now = ports.store.sign_in_code(hashed(code)), ports.clock()
    if known is None or known.valid_until <= now or ports.store.person(known.human_agent_id) is None:
        raise SignInRefusedError
    value = cookie()
    session = Session(
        cookie_hash=hashed(value), human_agent_id=known.human_agent_id, started_at=now, acted_at=now
    )
    try:
        ports.store.begin_session(session, code_hash=known.code_hash)
    except ConflictError as error:
        raise SignInRefusedError from error
    return value


def person_of(ports: Ports, value: str, *, acts: bool) -> HumanAgent:
    """Whose browser it is; `acts` when a person did something, which keeps them signed in."""
    session, now = ports.store.session(hashed(value)), ports.clock()
    if session is None or _is_over(ports, session, now):
        raise NotSignedInError
    person = ports.store.person(session.human_agent_id)
    if person is None:
        raise NotSignedInError
    if acts and now - session.acted_at > _WORTH_NOTING:
        ports.store.touch_session(session.cookie_hash, at=now)
    return person


def end(ports: Ports, value: str) -> None:
    """Idempotent."""
    ports.store.end_session(hashed(value))


def set_away(ports: Ports, person: HumanAgent, *, away: bool) -> HumanAgent:
    """Somebody who is away is told nothing until they say otherwise; saying it twice is saying it once."""
    if away is (person.away_since is not None):
        return person
    since = ports.clock() if away else None
    ports.store.set_away(person.id, since)
    return replace(person, away_since=since)


def _is_over(ports: Ports, session: Session, now: datetime) -> bool:
    idle = now - session.acted_at >= timedelta(seconds=ports.policy.idle_seconds)
    return idle or now - session.started_at >= timedelta(seconds=ports.policy.session_seconds)
