"""A span for a call and one for each request for a person: figures, and nobody's words, names or numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from livekit.agents import AgentSession, llm
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Link, Status, StatusCode

from agent_container.span_ids import SpanIds, given
from agent_container.tracing import Asked

TOOL: Final = "transfer_to_human_agent"


class Spans:
    def __init__(self, *, address: str, resource: Resource, timeout: float) -> None:
        self._tracers = TracerProvider(resource=resource, shutdown_on_exit=False, id_generator=SpanIds())
        # From a thread of its own: a caller waits while a person is asked for.
        exporter = OTLPSpanExporter(address, timeout=timeout)
        self._tracers.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._tracers.get_tracer("handoff")

    def asked(self, asked: Asked) -> Link:
        """The span that the API was named, in a trace of its own: a call may ask more than once."""
        with given(asked.parent):
            span = self._tracer.start_span(TOOL, context=Context(), start_time=asked.began_ns)
        if asked.failure:
            span.set_attribute("error.type", asked.failure)
            span.set_status(Status(StatusCode.ERROR))
        span.end(asked.ended_ns)
        return Link(span.get_span_context())

    def call(self, session: AgentSession[None], *, began_ns: int, links: Sequence[Link]) -> None:
        """Sent before this returns, with all that waits to be sent."""
        span = self._tracer.start_span("call", start_time=began_ns, attributes=_told(session), links=links)
        for usage in session.usage.model_usage:
            span.add_event("usage", _figures(usage.model_dump()))
        span.end()
        self._tracers.force_flush()

    def close(self) -> None:
        self._tracers.shutdown()


def _told(session: AgentSession[None]) -> dict[str, Any]:
    items = session.history.items
    messages = [item for item in items if isinstance(item, llm.ChatMessage)]
    roles = Counter(message.role for message in messages)
    return {
        "handoff.turns.caller": roles["user"],
        "handoff.turns.agent": roles["assistant"],
        "handoff.turns.interrupted": sum(message.interrupted for message in messages),
        "handoff.tools": [item.name for item in items if isinstance(item, llm.FunctionCall)],
        "handoff.tools.failed": sum(
            item.is_error for item in items if isinstance(item, llm.FunctionCallOutput)
        ),
    }


def _figures(usage: Mapping[str, Any]) -> dict[str, Any]:
    """Counts and lengths, of which model."""
    named = {name: usage[name] for name in ("type", "provider", "model")}
    return named | {name: value for name, value in usage.items() if isinstance(value, int | float) and value}
