"""What the worker knows of an escalation and of a room, as the API tells it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

from agent_container.errors import ApiRefusedError

Reason = Literal[
    "caller_request",
    "repeated_failure",
    "emergency",
    "frustration",
    "human_only_topic",
    "ai_failure",
    "other",
]
Role = Literal["caller", "agent"]
LeaveCause = Literal["room", "server", "shutdown"]

_ENDED = frozenset({"completed", "handed_back", "cancelled", "unanswered", "failed"})


@dataclass(frozen=True, slots=True)
class Line:
    """One turn of the conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRequest:
    room: str
    room_sid: str
    caller_identity: str
    agent_identity: str
    reason: str
    summary: str
    language: str | None
    transcript: tuple[Line, ...]
    tool_called_at: str

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value not in (None, "", ())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    id: str
    status: str
    people_told: int
    human_name: str

    @property
    def ended(self) -> bool:
        return self.status in _ENDED

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        try:
            return cls(
                id=answer["id"],
                status=answer["status"],
                people_told=int(answer.get("people_told") or 0),
                human_name=(answer.get("claim") or {}).get("name") or "",
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ApiRefusedError(status=200, error="UnexpectedAnswer") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class HumanAgent:
    identity: str
    name: str
    escalation_id: str | None
    there: bool
    heard: bool

    @classmethod
    def from_json(cls, answer: Mapping[str, Any]) -> Self:
        return cls(
            identity=answer["identity"],
            name=answer.get("name") or "",
            escalation_id=answer.get("escalation_id"),
            there=bool(answer.get("there")),
            heard=bool(answer.get("heard")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    escalation: Escalation | None
    human_agents: tuple[HumanAgent, ...]

    @property
    def human_is_active(self) -> bool:
        return any(human.there and human.heard for human in self.human_agents)

    def holder(self, identity: str) -> HumanAgent | None:
        return next((human for human in self.human_agents if human.identity == identity), None)

    @classmethod
    def from_json(cls, answer: Any) -> Self:
        try:
            escalation = answer.get("escalation")
            return cls(
                escalation=Escalation.from_json(escalation) if escalation else None,
                human_agents=tuple(HumanAgent.from_json(human) for human in answer["human_agents"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ApiRefusedError(status=200, error="UnexpectedAnswer") from error
