"""One log handler for the worker and its jobs: JSON or human, with what must not be seen taken out."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from agent_container.redaction import redact

METRICS = "metrics"
_RESERVED = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}
# The frameworks tag fields that hold what was said with this prefix.
_CONTENT_PREFIX = "lk.pii."
_LEVELS = {
    **dict.fromkeys(
        ("aiohttp.access", "httpcore", "httpcore2", "httpx", "httpx2", "livekit", "openai"), logging.WARNING
    ),
    "livekit.agents": logging.INFO,
}


def set_up_logging(*, human: bool) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(HumanFormatter() if human else JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name, least in _LEVELS.items():
        logging.getLogger(name).setLevel(least)
    _leave_figures_as_they_are()


def _leave_figures_as_they_are() -> None:
    """CloudWatch reads figures only from a line that is their JSON and nothing else."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    metrics = logging.getLogger(METRICS)
    metrics.handlers[:] = [handler]
    metrics.propagate = False


class JsonFormatter(logging.Formatter):
    """Redacts the finished line: a secret may sit in the message, a field or a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "timestamp": _written_at(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_facts(record),
        }
        if trace := _trace(self, record):
            line["exception"] = trace
        return redact(json.dumps(line, default=str))


class HumanFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{key}={value}" for key, value in _facts(record).items())
        head = f"{_written_at(record)[11:23]} {record.levelname:<7} {record.name}"
        line = f"{head} {record.getMessage()} {facts}".rstrip()
        trace = _trace(self, record)
        return redact(f"{line}\n{trace}" if trace else line)


def _written_at(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    return {
        key: value
        for key, value in vars(record).items()
        if key not in _RESERVED and not key.startswith(("_", _CONTENT_PREFIX))
    }


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    if record.exc_info:
        return formatter.formatException(record.exc_info)
    return record.exc_text or ""
