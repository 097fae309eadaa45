"""Lets a span have the ids that another system was told already; OpenTelemetry otherwise makes its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

from agent_container.tracing import span_id, trace_id

_GIVEN: Final = ContextVar[str]("the traceparent of the next span", default="")


class SpanIds(RandomIdGenerator):
    def generate_trace_id(self) -> int:
        parent = _GIVEN.get()
        return int(trace_id(parent), 16) if parent else super().generate_trace_id()

    def generate_span_id(self) -> int:
        parent = _GIVEN.get()
        return int(span_id(parent), 16) if parent else super().generate_span_id()


@contextmanager
def given(parent: str) -> Iterator[None]:
    token = _GIVEN.set(parent)
    try:
        yield
    finally:
        _GIVEN.reset(token)
