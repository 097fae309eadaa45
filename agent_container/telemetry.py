"""What a call was like, for an OpenTelemetry collector: figures, and nobody's words, names or numbers."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from functools import lru_cache
from typing import Any, Final

from livekit.agents import AgentSession, llm
from opentelemetry import metrics
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import AlwaysOffExemplarFilter, MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import View
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

# Of what LiveKit hangs on its figures only this goes out: a room's or a participant's name may be a number.
KEPT: Final = frozenset(
    {"model_name", "model_provider", "severity", "connection_reused", "error.type"}
    | {f"gen_ai.{name}" for name in ("operation.name", "provider.name", "request.model", "token.type")}
    | {"gen_ai.tool.name"}
)
_SECONDS: Final = 3.0

AtTheEnd = Callable[[Callable[[], Coroutine[None, None, None]]], None]


class Telemetry:
    def __init__(self, *, endpoint: str, stage: str) -> None:
        resource = Resource({"service.name": "livekit-handoff-worker", "deployment.environment.name": stage})
        base = endpoint.rstrip("/")
        exporter = OTLPMetricExporter(f"{base}/v1/metrics", timeout=_SECONDS)
        self._meters = MeterProvider(
            [PeriodicExportingMetricReader(exporter)],
            resource=resource,
            views=[View(instrument_name="*", attribute_keys=set(KEPT))],
            # An exemplar carries what a view has taken away.
            exemplar_filter=AlwaysOffExemplarFilter(),
            shutdown_on_exit=False,
        )
        metrics.set_meter_provider(self._meters)
        spans = OTLPSpanExporter(f"{base}/v1/traces", timeout=_SECONDS)
        self._tracers = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._tracers.add_span_processor(SimpleSpanProcessor(spans))

    def follow(self, session: AgentSession[None], *, at_the_end: AtTheEnd) -> None:
        """LiveKit's own figures go out as they come; the report once the call is over."""
        began = time.time()

        async def report() -> None:
            await asyncio.to_thread(self.report, session, began=began)

        at_the_end(report)

    def report(self, session: AgentSession[None], *, began: float) -> None:
        tracer = self._tracers.get_tracer("handoff")
        span = tracer.start_span("call", start_time=_nanoseconds(began), attributes=_told(session))
        for usage in session.usage.model_usage:
            span.add_event("usage", _figures(usage.model_dump()))
        span.end()
        self._meters.force_flush(timeout_millis=_SECONDS * 1000)

    def close(self) -> None:
        self._meters.shutdown(timeout_millis=_SECONDS * 1000)


@lru_cache
def telemetry(*, endpoint: str, stage: str) -> Telemetry:
    """One for the process: OpenTelemetry lets nobody change where the figures of a process go."""
    return Telemetry(endpoint=endpoint, stage=stage)


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


def _nanoseconds(seconds: float) -> int:
    return round(seconds * 1e9)
