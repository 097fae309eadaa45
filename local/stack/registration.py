"""Whether LiveKit has taken the worker in; its own health check is green seconds before that."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

# No address of the worker tells it: only its log does, in either of its formats.
REGISTERED: Final = b"registered worker"


@dataclass(frozen=True, slots=True)
class Registration:
    """One life of the worker in the log that all its lives share."""

    log: Path
    since: int

    @classmethod
    def from_now_on(cls, log: Path) -> "Registration":
        return cls(log, log.stat().st_size if log.exists() else 0)

    def happened(self) -> bool:
        with self.log.open("rb") as written:
            written.seek(self.since)
            return REGISTERED in written.read()
