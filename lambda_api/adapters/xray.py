"""The Traced port on X-Ray: a segment by one datagram to the daemon that Lambda runs beside a function."""

import json
import logging
import os
import socket
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from msgspec import Struct

Outcome = TypeVar("Outcome")

logger = logging.getLogger(__name__)

_HEADER: Final = b'{"format": "json", "version": 1}\n'


class XRay(Struct, frozen=True, kw_only=True):
    daemon: str  # as Lambda tells it: an address and a port

    def __call__(self, what: str, trace: str, act: Callable[[], Outcome]) -> Outcome:
        if not _is_wanted(trace):
            return act()
        began, failed = time.time(), True
        try:
            outcome = act()
            failed = False
        finally:
            self._tell(segment(what, trace, began=began, ended=time.time(), failed=failed))
        return outcome

    def _tell(self, document: dict[str, Any]) -> None:
        """Nobody waits for it, and nobody misses it."""
        host, _, port = self.daemon.rpartition(":")
        try:
            # A name would be looked up, and the request would wait for that.
            socket.inet_pton(socket.AF_INET, host)
            # A new one each time: what a snapshot kept would be another machine's.
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
                wire.settimeout(0)
                wire.sendto(_HEADER + json.dumps(document).encode(), (host, int(port)))
        except (OSError, ValueError, OverflowError) as error:
            logger.warning("X-Ray was not told", extra={"error": type(error).__name__})


def segment(what: str, trace: str, *, began: float, ended: float, failed: bool) -> dict[str, Any]:
    """Under the span that the caller named: times and an outcome, and nobody's words or numbers."""
    _, trace_id, parent, _ = trace.split("-")
    return {
        "name": f"livekit-handoff-{what}",
        "id": os.urandom(8).hex(),
        "trace_id": f"1-{trace_id[:8]}-{trace_id[8:]}",
        "parent_id": parent,
        "start_time": began,
        "end_time": ended,
        "fault": failed,
    }


def _is_wanted(trace: str) -> bool:
    """By W3C's lowest flag the caller says whether anybody records this trace."""
    return bool(trace) and bool(int(trace[-2:], 16) & 1)
