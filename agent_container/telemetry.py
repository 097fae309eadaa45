"""What a call was like, for an OpenTelemetry collector: figures, and nobody's words, names or numbers."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import lru_cache
from typing import Final

from livekit.agents import AgentSession
from opentelemetry import metrics
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.sdk.metrics import AlwaysOffExemplarFilter, MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.metrics.view import View
from opentelemetry.sdk.resources import Resource
from opentelemetry.trace import Link

from agent_container.spans import Spans
from agent_container.tracing import Tell

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
        self._spans = Spans(address=f"{base}/v1/traces", resource=resource, timeout=_SECONDS)

    def follow(self, session: AgentSession[None], *, at_the_end: AtTheEnd) -> Tell:
        """LiveKit's own figures go out as they come; the report once the call is over."""
        began_ns, links = time.time_ns(), list[Link]()

        async def report() -> None:
            await asyncio.to_thread(self.report, session, began_ns=began_ns, links=links)

        at_the_end(report)
        return lambda asked: links.append(self._spans.asked(asked))

    def report(self, session: AgentSession[None], *, began_ns: int, links: Sequence[Link]) -> None:
        self._spans.call(session, began_ns=began_ns, links=links)
        self._meters.force_flush(timeout_millis=_SECONDS * 1000)

    def close(self) -> None:
        self._spans.close()
        self._meters.shutdown(timeout_millis=_SECONDS * 1000)


@lru_cache
def telemetry(*, endpoint: str, stage: str) -> Telemetry:
    """One for the process: OpenTelemetry lets nobody change where the figures of a process go."""
    return Telemetry(endpoint=endpoint, stage=stage)
