"""The monotonic clock that all processes of this machine share, and wall clock times mapped to it."""

import time
from datetime import datetime


def now() -> float:
    return time.monotonic()


def monotonic_of(iso: str) -> float:
    return monotonic_of_wall(datetime.fromisoformat(iso).timestamp())


def monotonic_of_wall(seconds: float) -> float:
    """Both clocks run here, so one difference maps them; a step of the wall clock in between would show."""
    return seconds - (time.time() - time.monotonic())
