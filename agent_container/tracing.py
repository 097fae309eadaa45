"""One id, in W3C's form, for all that follows from one tool call: the request, the row, the messages."""

import hashlib


def traceparent(idempotency_key: str) -> str:
    """The same at each attempt and of a digest alone, so that it tells nothing about the call."""
    digest = hashlib.sha256(idempotency_key.encode()).hexdigest()
    return f"00-{digest[:32]}-{digest[32:48]}-01"


def trace_id(parent: str) -> str:
    return parent.split("-")[1]
