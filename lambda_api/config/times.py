"""How a time is written wherever one leaves the API: ISO 8601, UTC, milliseconds."""

from datetime import UTC, datetime


def to_text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
