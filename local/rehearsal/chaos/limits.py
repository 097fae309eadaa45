"""What a handoff may cost the caller while a fault is at work: the promises, in seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    # I3: without an AI or a human who can be heard.
    alone_s: float = 0.5
    # I4: from the human at the caller's ear to the AI's last sound there.
    silent_s: float = 1.0
    # I5: from the human in LiveKit's list with an open microphone to no AI in it.
    gone_s: float = 5.0
    # I2: from the stored request to the SMS.
    told_s: float = 5.0
    # I13: of this room.
    escalations: int = 1
    # I6, I12: an AI may be taken from the caller, or come beside the human, by what the play does.
    ai_is_struck: bool = False
    ai_comes_back: bool = False
