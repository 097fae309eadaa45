"""One room of a LiveKit with its people, and the webhook events that it makes of their comings and goings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from msgspec.structs import replace

from lambda_api.escalations.rooms import EventKind, Participant, ParticipantKind, RoomEvent
from tests.simulation.history import History, Moved, Ordered
from tests.simulation.hub import Hub
from tests.unit.lambda_api.domain.fakes import FakeRooms

ROOM = "r"
CALLER = "caller-1"
_CLOSES_AFTER = 20.0
_PENDING = 10.0  # a dispatch that brought nobody for this long may be replaced


@dataclass(kw_only=True)
class LiveKit(FakeRooms):
    hub: Hub
    history: History
    tell: Callable[[RoomEvent], None]
    inform: Callable[[str, str], None]  # whoever is in the room hears of the others
    call_agent: Callable[[Mapping[str, object]], None]
    sids: dict[str, str] = field(default_factory=dict)
    session: int = 1
    created_at: datetime | None = None
    pending_until: float = 0
    _number: int = 0

    def enter(self, identity: str, *, heard: bool) -> str:
        """Somebody joins, in place of whoever bears the same name."""
        if identity in self.sids:
            self.leave(identity, "DUPLICATE_IDENTITY")
        if ROOM not in self.there:
            self.created_at = self._now()
        self._number += 1
        sid = f"PA_{self._number}"
        kind = ParticipantKind.AGENT if identity.startswith("agent-") else ParticipantKind.STANDARD
        self.there.setdefault(ROOM, {})[sid] = Participant(
            identity=identity, sid=sid, kind=kind, joined_at=self._now(), audio_heard=heard
        )
        self.sids[identity] = sid
        self._moved(identity, sid, "in")
        self._tell(EventKind.PARTICIPANT_JOINED, self.there[ROOM][sid])
        if kind is ParticipantKind.STANDARD:
            self._tell(EventKind.TRACK_PUBLISHED, self.there[ROOM][sid], heard=heard)
        if heard:
            self._moved(identity, sid, "heard")
        return sid

    def unmute(self, identity: str, sid: str) -> None:
        """No webhook tells of it."""
        if self.sids.get(identity) == sid:
            self.there[ROOM][sid] = replace(self.there[ROOM][sid], audio_heard=True)
            self._moved(identity, sid, "heard")

    def leave(self, identity: str, why: str) -> None:
        sid = self.sids.pop(identity, "")
        if not sid:
            return
        gone = self.there[ROOM].pop(sid)
        self._moved(identity, sid, "out", why)
        self._tell(EventKind.PARTICIPANT_LEFT, gone, why=why)
        if not self.there[ROOM]:
            self.hub.after(_CLOSES_AFTER, partial(self._close, self._number))

    def died(self, identity: str) -> None:
        """LiveKit does not know yet."""
        self._moved(identity, self.sids[identity], "dead")

    def drop(self, identity: str, *, room: str = ROOM) -> None:
        del room
        self.leave(identity, "PARTICIPANT_REMOVED")

    def nudge(self, room: str, payload: Mapping[str, object]) -> None:
        super().nudge(room, payload)
        self.history.nudges.append((self.hub.now, str(payload["type"]), str(payload["escalation_id"])))

    def remove(self, room: str, identity: str) -> None:
        self._order("remove", identity)
        super().remove(room, identity)

    def dismiss_agent(self, room: str) -> None:
        self._order("dismiss")
        self.pending_until = 0
        super().dismiss_agent(room)

    def dispatch_agent(self, room: str, metadata: Mapping[str, object]) -> None:
        """As the adapter does it: not beside an agent that is there or on its way, nor into no room."""
        super().dispatch_agent(room, metadata)
        self._order("dispatch")
        if self.there.get(room) and not self.agents() and self.hub.now >= self.pending_until:
            self.pending_until = self.hub.now + _PENDING
            self.call_agent(metadata)

    def agents(self) -> list[str]:
        return [one for one in self.sids if one.startswith("agent-")]

    def heard_humans(self) -> list[str]:
        people = self.there.get(ROOM, {}).values()
        return [one.identity for one in people if one.identity.startswith("human-agent-") and one.audio_heard]

    def _close(self, number: int) -> None:
        if number == self._number and ROOM in self.there and not self.there[ROOM]:
            del self.there[ROOM]
            self.tell(
                RoomEvent(
                    id=f"EV_f{self.session}",
                    kind=EventKind.ROOM_FINISHED,
                    room=ROOM,
                    room_sid=f"RM_{self.session}",
                    room_created_at=self.created_at,
                )
            )
            self.session += 1

    def _now(self) -> Any:
        return self.hub.clock.read()

    def _order(self, what: Any, whom: str = "") -> None:
        process = self.hub.current
        assert process
        self.history.orders.append(Ordered(self.hub.now, what, process.sight, whom))

    def _moved(self, identity: str, sid: str, now: Any, why: str = "") -> None:
        self.history.moves.append(Moved(self.hub.now, identity, sid, now, why))
        self.inform(identity, now)

    def _tell(self, kind: EventKind, one: Participant, *, heard: bool = False, why: str = "") -> None:
        self.tell(
            RoomEvent(
                id=f"EV_{kind}_{one.sid}",
                kind=kind,
                room=ROOM,
                room_sid=f"RM_{self.session}",
                room_created_at=self.created_at,
                identity=one.identity,
                sid=one.sid,
                participant_kind=one.kind,
                joined_at=one.joined_at,
                disconnect_reason=why,
                audio_heard=heard,
            )
        )

    def participants(self, room: str) -> tuple[Participant, ...] | None:
        process = self.hub.current
        assert process
        process.sight = self.hub.now
        return FakeRooms.participants(self, room)  # super() would find it anew at each of these many calls
