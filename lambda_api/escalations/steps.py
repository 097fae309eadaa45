"""What a look can find due for a row, one frozen class each."""

from dataclasses import dataclass

from lambda_api.escalations.models import Claim
from lambda_api.escalations.rooms import Participant


@dataclass(frozen=True, slots=True)
class CallerGone:
    pass


@dataclass(frozen=True, slots=True)
class HumanGone:
    claim: Claim


@dataclass(frozen=True, slots=True)
class HumanLost:
    """The human who dropped out of a call did not come back in time."""


@dataclass(frozen=True, slots=True)
class HumanThere:
    claim: Claim
    holder: Participant


@dataclass(frozen=True, slots=True)
class HumanHeard:
    claim: Claim


@dataclass(frozen=True, slots=True)
class Release:
    claim: Claim


@dataclass(frozen=True, slots=True)
class NextTier:
    pass


@dataclass(frozen=True, slots=True)
class DismissAgent:
    pass


@dataclass(frozen=True, slots=True)
class RemoveAgent:
    """It was dismissed and did not go; the row says so already, so this step writes nothing."""

    agent: Participant


@dataclass(frozen=True, slots=True)
class AgentLeft:
    pass


@dataclass(frozen=True, slots=True)
class AgentLost:
    """The caller waits and nobody is with them; whoever wins the call writes it."""


@dataclass(frozen=True, slots=True)
class RemoveAvatar:
    """Its agent is gone, and with it whoever could make it silent."""

    avatar: Participant


Written = (
    CallerGone
    | HumanGone
    | HumanLost
    | HumanThere
    | HumanHeard
    | Release
    | NextTier
    | DismissAgent
    | AgentLeft
)
Unwritten = RemoveAgent | AgentLost | RemoveAvatar
Step = Written | Unwritten
