"""One session with AWS, and clients that wait for an answer no longer than a caller would."""

from functools import cache
from typing import Any, Final

import botocore.session
from botocore.config import Config
from botocore.session import Session

# Whoever waits for an answer hears a voice go on meanwhile: late is as bad as never.
_PATIENCE: Final = Config(
    connect_timeout=1, read_timeout=2.5, retries={"mode": "standard", "total_max_attempts": 3}
)


@cache
def session() -> Session:
    return botocore.session.get_session()


def client(service: str) -> Any:
    """Not from two threads at once: a session is no place to meet."""
    return session().create_client(service, config=_PATIENCE)
