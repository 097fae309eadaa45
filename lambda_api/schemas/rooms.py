"""A room on the wire: its open escalation and the humans who may be in it."""

from typing import Literal, Self

from lambda_api.escalations.reading import HumanInRoom, RoomView
from lambda_api.schemas.escalations import EscalationOut
from lambda_api.schemas.fields import Answer, Identity, Label, Strict


class AgentLostIn(Strict):
    """The worker's parent saw an agent's job die."""

    agent_identity: Identity
    job_id: Label | None = None
    cause: Literal["process_died", "unresponsive"]


class AgentLeavingIn(Strict):
    """The worker of an agent is being stopped, and the call it is in goes on."""

    agent_identity: Identity
    job_id: Label | None = None


class AgentCalledOut(Answer):
    """Whether another agent was called."""

    dispatched: bool


class HumanInRoomOut(Answer):
    """A person with a seat in the room."""

    identity: str
    name: str
    escalation_id: str | None
    there: bool
    heard: bool

    @classmethod
    def of(cls, human: HumanInRoom) -> Self:
        return cls(
            identity=human.identity,
            name=human.name,
            escalation_id=human.escalation_id,
            there=human.there,
            heard=human.heard,
        )


class RoomOut(Answer):
    """What the worker needs to know before it speaks in a room."""

    room: str
    escalation: EscalationOut | None
    human_agents: list[HumanInRoomOut]

    @classmethod
    def of(cls, view: RoomView, escalation: EscalationOut | None) -> Self:
        return cls(
            room=view.room,
            escalation=escalation,
            human_agents=[HumanInRoomOut.of(human) for human in view.human_agents],
        )
