"""Logs one JSON object a line where the API is deployed and one readable line on a laptop."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

from lambda_api.config.redaction import redact
from lambda_api.config.times import to_text

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message", "taskName"}
METRICS = "metrics"


def configure_logging(*, deployed: bool) -> None:
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter() if deployed else ReadableFormatter())
    root = logging.getLogger()
    # Lambda's own handler would print every line a second time.
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    _leave_figures_as_they_are()
    # They write paths, and a path may hold a join code.
    for name in ("mangum", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.WARNING)


class BareFormatter(logging.Formatter):
    """The message alone."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(record.getMessage())


class JsonFormatter(logging.Formatter):
    """Static message and the facts of `extra=` side by side."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": _time(record), "level": record.levelname, "logger": record.name}
        line |= {"message": record.getMessage(), **_facts(record)}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return redact(json.dumps(line, default=str, ensure_ascii=False))


class ReadableFormatter(logging.Formatter):
    """Time, level, message, then the facts as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{name}={_shown(value)}" for name, value in _facts(record).items())
        line = f"{_time(record)[11:]} {record.levelname:<7} {record.getMessage()} {facts}".rstrip()
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return redact(line)


def _leave_figures_as_they_are() -> None:
    """CloudWatch reads figures only from a line that is their JSON and nothing else."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(BareFormatter())
    figures = logging.getLogger(METRICS)
    figures.handlers[:] = [handler]
    figures.propagate = False


def _shown(value: object) -> str:
    text = str(value)
    return text if text.isprintable() and " " not in text else repr(text)


def _facts(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in _STANDARD}


def _time(record: logging.LogRecord) -> str:
    return to_text(datetime.fromtimestamp(record.created, UTC))
