"""An AI that is gone without having left."""

from dataclasses import dataclass
from typing import Literal

LossCause = Literal["process_died", "unresponsive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    room: str
    agent_identity: str
    job_id: str
    cause: LossCause
