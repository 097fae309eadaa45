"""One id, in W3C's form, for all that follows from one request for a person: spans, the row, messages."""

import hashlib
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """When a person was asked for, until when, and what went wrong; not for whom."""

    parent: str
    began_ns: int
    ended_ns: int
    failure: str = ""


Tell = Callable[[Asked], object]


def traceparent(idempotency_key: str) -> str:
    """Each attempt of one request has the same trace, of a digest alone: it tells nothing about the call."""
    digest = hashlib.sha256(idempotency_key.encode()).hexdigest()
    return f"00-{digest[:32]}-{secrets.token_hex(8)}-01"


def trace_id(parent: str) -> str:
    return parent.split("-")[1]


def span_id(parent: str) -> str:
    return parent.split("-")[2]


@contextmanager
def timed(parent: str, tell: Tell) -> Iterator[None]:
    began_ns, failure = time.time_ns(), ""
    try:
        yield
    except BaseException as error:
        failure = type(error).__name__
        raise
    finally:
        tell(Asked(parent=parent, began_ns=began_ns, ended_ns=time.time_ns(), failure=failure))


def to_nobody(asked: Asked) -> None:
    """Where there is no collector."""
    del asked
