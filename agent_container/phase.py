"""How far the AI is on its way out of a call."""

from enum import Enum, auto


class Phase(Enum):
    HELPING = auto()
    PAUSED = auto()
    LEAVING = auto()
    ASIDE = auto()
    GONE = auto()
