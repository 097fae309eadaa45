"""What a look can find due for a row, one frozen class each."""

from msgspec import Struct

from lambda_api.escalations.models import Claim
from lambda_api.escalations.rooms import Participant


class CallerGone(Struct, frozen=True):
    pass


class HumanGone(Struct, frozen=True):
    claim: Claim


class HumanLost(Struct, frozen=True):
    """The human who dropped out of a call did not come back in time."""


class HumanThere(Struct, frozen=True):
    claim: Claim
    holder: Participant


class HumanHeard(Struct, frozen=True):
    claim: Claim


class Release(Struct, frozen=True):
    claim: Claim


class NextTier(Struct, frozen=True):
    pass


class DismissAgent(Struct, frozen=True):
    pass


class RemoveAgent(Struct, frozen=True):
    """It was dismissed and did not go; the row says so already, so this step writes nothing."""

    agent: Participant


class AgentLeft(Struct, frozen=True):
    pass


class AgentLost(Struct, frozen=True):
    """The caller waits and nobody is with them; whoever wins the call writes it."""


class RemoveAvatar(Struct, frozen=True):
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
