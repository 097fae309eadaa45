"""The door that does nothing, for comparison."""

from typing import Any


def handler(_event: Any, _context: Any) -> dict[str, Any]:
    return {}
