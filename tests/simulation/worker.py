"""The AI in the room, as its tests describe it: asks for a person, leaves for one, comes when called."""

from dataclasses import dataclass
from functools import partial

from lambda_api.escalations import agents, callbacks, leaving, reading
from lambda_api.escalations.models import Escalation, Reason
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.records import Wish
from tests.simulation.asking import Asking
from tests.simulation.hub import Answer
from tests.simulation.livekit import CALLER, ROOM, LiveKit
from tests.simulation.script import Script

STAYS = 1.0  # behind a caller who has left
LISTED_STILL = 21.0  # LiveKit misses a process that died only after this


@dataclass(kw_only=True)
class Worker:
    """One AI; while it is deaf it knows of the room only what our server tells it."""

    identity: str
    asking: Asking
    rooms: LiveKit
    script: Script
    escalation_id: str = ""
    confirming: bool = False
    gone: bool = False

    def come(self) -> None:
        self.rooms.enter(self.identity, heard=True)
        for human in self.rooms.heard_humans():
            self.informed(human, "heard")
        if self.script.agent_dies_after:
            self.asking.hub.after(self.script.agent_dies_after, self.die)

    def want(self, *, key: str, times: int = 1, reason: Reason = Reason.CALLER_REQUEST) -> None:
        """The model may call its tool more than once for one wish: the same key, the same body."""
        request = Request(
            room=ROOM,
            caller_identity=CALLER,
            reason=reason,
            room_sid=f"RM_{self.rooms.session}",
            agent_identity=self.identity,
        )
        for _ in range(0 if self.gone or CALLER not in self.rooms.sids else times):
            work = partial(open_escalation, self.asking.ports, request, key_name="w", idempotency_key=key)
            self.asking.ask("open", work, about=(key, request), then=self._wanted)

    def informed(self, identity: str, now: str) -> None:
        if identity == self.identity and now == "out":
            self.gone = True
        if identity == CALLER and now == "out":
            self.asking.hub.after(STAYS, self._close_unless_they_are_back)
        if now == "heard" and identity.startswith("human-agent-") and not self.script.agent_is_deaf:
            self.asking.hub.after(0.05, partial(self._confirm, identity))

    def nudged(self, kind: str) -> None:
        if kind == "human_heard":
            self.asking.hub.after(0.01, self._listen)
        if kind == "unanswered" and self.script.wants_callback and self.escalation_id:
            self._leave_callback()

    def _listen(self) -> None:
        for human in self.rooms.heard_humans():
            self._confirm(human)

    def die(self) -> None:
        """Without a word; its parent may tell us before LiveKit notices."""
        if self.gone:
            return
        self.gone = True
        self.rooms.died(self.identity)
        self.asking.hub.after(LISTED_STILL, partial(self.rooms.leave, self.identity, "CONNECTION_TIMEOUT"))
        self.asking.history.disturbed(self.asking.hub.now, "agent dies")
        self.asking.history.disturbed(self.asking.hub.now + LISTED_STILL, "agent's death shows")
        if self.script.death_is_reported:
            work = partial(agents.lost, self.asking.ports, ROOM, self.identity, "process_died")
            self.asking.hub.after(1, lambda: self.asking.ask("agent_lost", work, tries=10))

    def _close_unless_they_are_back(self) -> None:
        if not self.gone and CALLER not in self.rooms.sids:
            self.rooms.leave(self.identity, "CLIENT_INITIATED")

    def _wanted(self, answer: Answer) -> None:
        if answer.value:
            self.escalation_id = answer.value.escalation.id

    def _confirm(self, human: str) -> None:
        if not self.gone and not self.script.agent_is_wedged and not self.confirming:
            self.confirming = True
            work = partial(reading.room_view, self.asking.ports, ROOM)
            self.asking.ask("room", work, then=partial(self._confirmed, human))

    def _confirmed(self, human: str, answer: Answer) -> None:
        """A stranger's voice changes nothing; without an answer it goes on helping."""
        self.confirming = False
        known = {one.identity for one in answer.value.human_agents} if answer.value else set()
        if human in known and human in self.rooms.heard_humans():
            self.asking.hub.after(0.2, partial(self._leave, human, answer.value.escalation))

    def _leave(self, human: str, row: Escalation | None) -> None:
        if self.gone:
            return
        if row:
            work = partial(
                leaving.ai_left,
                self.asking.ports,
                row.id,
                agent_identity=self.identity,
                human_identity=human,
                cause="room",
            )
            self.asking.ask("ai_left", work)
        self.rooms.leave(self.identity, "CLIENT_INITIATED")

    def _leave_callback(self) -> None:
        wish = Wish(name="A", phone="+15005550177", when="")
        work = partial(callbacks.ask, self.asking.ports, self.escalation_id, wish, actor="w")
        self.asking.ask("callback", work)
