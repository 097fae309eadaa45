"""A whole life under every fault: random people, lost, doubled and swapped events, and a clock that jumps."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lambda_api.escalations import (
    agents,
    answering,
    callbacks,
    claiming,
    desk,
    finishing,
    forgetting,
    handing,
    hooks,
    leaving,
    looking,
    presence,
    sessions,
)
from lambda_api.escalations.errors import (
    AlreadyClaimedError,
    ConflictError,
    EscalationEndedError,
    NoCallbackError,
    NotConnectedError,
    SeatNotHeldError,
    UnavailableError,
)
from lambda_api.escalations.models import Disposition, Escalation, HumanAgent, Reason, Status
from lambda_api.escalations.names import hashed
from lambda_api.escalations.opening import Request, open_escalation
from lambda_api.escalations.records import ItemKind, Wish
from lambda_api.escalations.rooms import EventKind, Participant, ParticipantKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import FakeNotifier, FakeRooms, MemoryStore, World

PEOPLE = ("maria", "jonas")
EXPECTED = (
    AlreadyClaimedError,
    EscalationEndedError,
    NoCallbackError,
    NotConnectedError,
    SeatNotHeldError,
    UnavailableError,
)
BROWSERS = st.sampled_from(["a", "b"])


class OneAgentRooms(FakeRooms):
    """A LiveKit in which an agent may only be called where there is none, nor a person in its stead."""

    def dispatch_agent(self, room: str, metadata: Mapping[str, object]) -> None:
        super().dispatch_agent(room, metadata)
        people = self.there[room].values()
        assert not [one for one in people if one.identity.startswith("agent-")]
        assert any(one.identity == "caller-1" for one in people)


class CarefulNotifier(FakeNotifier):
    """A notifier by which nobody who is away may be asked to come."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__()
        self.store = store

    def sms(self, *, phone: str, text: str, trace: str = "") -> None:
        super().sms(phone=phone, text=text, trace=trace)
        [person] = [one for one in self.store.roster.values() if one.phone == phone]
        assert person.away_since is None or text.startswith("No longer needed")


class Life(RuleBasedStateMachine):
    """The world keeps its own truth (who is in the room); the row must follow it within the rules."""

    def __init__(self) -> None:
        super().__init__()
        store = MemoryStore()
        self.world = World(rooms=OneAgentRooms(), store=store, notifier=CarefulNotifier(store))
        self.number = 0
        self.events: list[RoomEvent] = []
        self.ended: dict[str, Escalation] = {}

    @initialize()
    def begin(self) -> None:
        self.world.rooms.add("caller-1")
        self.world.rooms.add("agent-1")
        hooks.put(self.world.ports, "desk", url="https://desk.example/")
        for tier, name in enumerate(PEOPLE, 1):
            phone = f"+1500555010{tier}"
            self.world.store.put_person(HumanAgent(id=name, name=name, tier=tier, phone=phone))

    @rule(session=st.sampled_from(["", "RM_1", "RM_2"]))
    def ask(self, session: str) -> None:
        self.number += 1
        request = Request(
            room="r",
            caller_identity="caller-1",
            reason=Reason.OTHER,
            room_sid=session,
            agent_identity="agent-1",
        )
        self.tolerate(
            lambda: open_escalation(self.world.ports, request, key_name="w", idempotency_key=str(self.number))
        )

    @rule(
        person=st.sampled_from(PEOPLE),
        browser=BROWSERS,
        number=st.sampled_from([1, 2, 3, desk.FROM_THE_DESK]),
    )
    def press(self, person: str, browser: str, number: int) -> None:
        self.by_link(person, number, lambda code: claiming.claim(self.world.ports, code, browser))

    @rule(
        person=st.sampled_from(PEOPLE), number=st.integers(1, 3), minutes=st.integers(0, 1), browser=BROWSERS
    )
    def is_on_the_way(self, person: str, number: int, minutes: int, browser: str) -> None:
        self.by_link(person, number, lambda code: answering.eta(self.world.ports, code, minutes, browser))

    @rule(person=st.sampled_from(PEOPLE), away=st.booleans())
    def goes_away_or_comes_back(self, person: str, away: bool) -> None:
        sessions.set_away(self.world.ports, self.world.store.roster[person], away=away)

    @rule(person=st.sampled_from(PEOPLE))
    def takes_a_link_at_the_desk(self, person: str) -> None:
        for row_id in [*self.world.store.rows][-1:]:
            take = partial(desk.link, self.world.ports, self.world.store.roster[person], row_id)
            self.tolerate(take)

    @rule(person=st.sampled_from(PEOPLE), number=st.integers(1, 3))
    def declines(self, person: str, number: int) -> None:
        self.by_link(person, number, lambda code: answering.decline(self.world.ports, code))

    @rule(person=st.sampled_from(PEOPLE), number=st.integers(1, 3), browser=BROWSERS)
    def gives_back(self, person: str, number: int, browser: str) -> None:
        ports = self.world.ports
        self.by_link(
            person, number, lambda code: handing.hand_back(ports, code=code, browser=browser, note="n")
        )

    @rule(person=st.sampled_from(PEOPLE), number=st.integers(1, 3), browser=BROWSERS)
    def completes(self, person: str, number: int, browser: str) -> None:
        ports, became = self.world.ports, Disposition.RESOLVED
        self.by_link(person, number, lambda code: finishing.complete(ports, code, browser, became, "n"))

    @rule(done=st.booleans(), erase=st.booleans())
    def wants_a_call(self, done: bool, erase: bool) -> None:
        for row_id in [*self.world.store.rows][-1:]:
            ports = self.world.ports
            wish = Wish(name="A", phone="+15005550177", when="")
            self.tolerate(partial(callbacks.ask, ports, row_id, wish, actor="w"))
            if done:
                self.tolerate(partial(callbacks.complete, ports, row_id, actor="w"))
            if erase:
                self.tolerate(partial(forgetting.erase, ports, row_id, actor="w"))

    @rule(told=st.booleans(), reported=st.booleans())
    def the_agent_dies(self, told: bool, reported: bool) -> None:
        for one in self.agents():
            self.world.rooms.drop(one.identity)
            self.event(EventKind.PARTICIPANT_LEFT, one.identity, one.sid, told=told)
            if reported:
                lost = partial(agents.lost, self.world.ports, "r", one.identity, "process_died")
                self.tolerate(lost)

    @rule(told=st.booleans())
    def an_agent_comes(self, told: bool) -> None:
        """The last one called, if nobody is there yet; LiveKit's dispatch itself brings no second one."""
        if self.world.rooms.dispatched and not self.agents():
            self.world.rooms.dispatched.clear()
            self.number += 1
            identity = f"agent-{self.number}"
            self.world.rooms.add(identity)
            self.event(EventKind.PARTICIPANT_JOINED, identity, f"PA_{identity}", told=told)

    @precondition(lambda self: self.identities())
    @rule(data=st.data(), muted=st.booleans(), told=st.booleans())
    def human_joins(self, data: st.DataObject, muted: bool, told: bool) -> None:
        identity = data.draw(st.sampled_from(self.identities()))
        self.number += 1
        sid = f"PA_{self.number}"
        self.world.rooms.drop(identity)
        self.world.rooms.add(identity, sid=sid, heard=not muted)
        self.event(EventKind.PARTICIPANT_JOINED, identity, sid, told=told)
        self.event(EventKind.TRACK_PUBLISHED, identity, sid, told=told, heard=not muted)

    @rule(data=st.data(), told=st.booleans(), lost=st.booleans())
    def somebody_leaves(self, data: st.DataObject, told: bool, lost: bool) -> None:
        people = sorted(self.world.rooms.there["r"].values(), key=lambda one: one.sid)
        if people:
            gone = data.draw(st.sampled_from(people))
            self.world.rooms.drop(gone.identity)
            why = "CONNECTION_TIMEOUT" if lost else "CLIENT_INITIATED"
            self.event(EventKind.PARTICIPANT_LEFT, gone.identity, gone.sid, told=told, why=why)

    @rule(told=st.booleans())
    def caller_returns(self, told: bool) -> None:
        self.number += 1
        self.world.rooms.drop("caller-1")
        self.world.rooms.add("caller-1", sid=f"PA_{self.number}")
        self.event(EventKind.PARTICIPANT_JOINED, "caller-1", f"PA_{self.number}", told=told)

    @precondition(lambda self: self.events)
    @rule(data=st.data())
    def an_event_comes_late_or_again(self, data: st.DataObject) -> None:
        event = data.draw(st.sampled_from(self.events))
        self.tolerate(lambda: presence.apply(self.world.ports, event))

    @rule(seconds=st.sampled_from([1, 3, 15, 46, 61]), chain=st.booleans())
    def time_passes(self, seconds: float, chain: bool) -> None:
        self.world.clock.advance(seconds)
        for escalation_id in [*self.world.store.rows]:
            self.tolerate(partial(looking.look, self.world.ports, escalation_id, chain=chain))

    @rule(cause=st.sampled_from(["caller_changed_mind", "operator"]))
    def cancelled(self, cause: str) -> None:
        for escalation_id in [*self.world.store.rows][-1:]:
            self.tolerate(partial(leaving.cancel, self.world.ports, escalation_id, cause=cause, actor="w"))

    @rule(faults=st.lists(st.sampled_from([None, "conflict", "down"]), max_size=3))
    def the_store_stumbles(self, faults: list[str | None]) -> None:
        kinds: dict[str | None, Exception | None] = {
            None: None,
            "conflict": ConflictError(),
            "down": UnavailableError("store"),
        }
        self.world.store.faults = [kinds[one] for one in faults]

    @rule(notifier=st.booleans(), rooms=st.booleans(), timers=st.booleans())
    def others_stumble(self, notifier: bool, rooms: bool, timers: bool) -> None:
        self.world.notifier.down, self.world.rooms.down, self.world.timers.down = notifier, rooms, timers

    @invariant()
    def a_room_has_one_open_escalation(self) -> None:
        assert len(self.world.store.open_ids()) <= 1

    @invariant()
    def what_has_ended_changes_no_more(self) -> None:
        for row in self.world.store.rows.values():
            if not row.is_open:
                first = self.ended.setdefault(row.id, row)
                assert (row.status, row.end_reason, row.ended_at) == (
                    first.status,
                    first.end_reason,
                    first.ended_at,
                )

    @invariant()
    def each_change_is_one_version_and_one_entry(self) -> None:
        for row in self.world.store.rows.values():
            assert len(row.timeline) == row.version
            assert [entry.at for entry in row.timeline] == sorted(entry.at for entry in row.timeline)

    @invariant()
    def a_status_has_what_it_needs(self) -> None:
        for row in self.world.store.rows.values():
            if row.status in (Status.CLAIMED, Status.CONNECTED):
                assert row.claim
            if row.status is Status.CONNECTED:
                assert row.claim
                assert row.claim.heard_at
            assert row.is_open == (row.ended_at is None)

    @invariant()
    def the_agent_is_dismissed_for_a_human_only(self) -> None:
        for row in self.world.store.rows.values():
            assert row.dismissed_at is None or (row.claim and row.claim.heard_at)

    @invariant()
    def what_people_say_fits_what_happened(self) -> None:
        for row in self.world.store.rows.values():
            assert row.disposition is None or row.status is Status.COMPLETED
            assert row.dropped_at is None or (row.claim and row.claim.heard_at)
            assert row.status is not Status.HANDED_BACK or (row.claim and row.claim.heard_at)
            assert not row.eta or row.eta.human_agent_id not in row.declined

    def teardown(self) -> None:
        """When everything works again, looks alone bring every row to what the room shows, or to its end."""
        self.others_stumble(notifier=False, rooms=False, timers=False)
        self.world.store.faults = []
        for _ in range(20):
            self.time_passes(seconds=15, chain=True)
            self.an_agent_comes(told=False)
            assert not self.is_left_alone()
        for row in self.world.store.rows.values():
            assert not row.is_open or self.follows_the_room(row)
        self.nothing_is_left_to_tell()

    def nothing_is_left_to_tell(self) -> None:
        """But that a caller wants to be called: that waits for the first who is on duty again."""
        on_duty = any(one.away_since is None for one in self.world.store.roster.values())
        waiting = {item.kind for item in self.world.store.items.values()}
        assert waiting <= (set() if on_duty else {ItemKind.CALLBACK})
        for person in PEOPLE:
            self.goes_away_or_comes_back(person=person, away=False)
        # Longer than whoever tried last holds it.
        self.time_passes(seconds=60, chain=True)
        assert not self.world.store.items

    def follows_the_room(self, row: Escalation) -> bool:
        """After five minutes only a call with its human is still open, and the agent has left it."""
        people = self.world.rooms.there["r"].values()
        sids = {one.sid for one in people}
        agents = [one for one in people if one.identity.startswith("agent-")]
        caller = any(one.identity == row.caller_identity for one in people)
        heard = row.claim is not None and row.claim.sid in sids
        return row.status is Status.CONNECTED and caller and heard and not agents

    def is_left_alone(self) -> bool:
        """While somebody is waited for, whoever calls has the agent or a person."""
        waiting = [row for row in self.world.store.rows.values() if row.is_open]
        caller = any(one.identity == "caller-1" for one in self.world.rooms.there["r"].values())
        connected = any(row.status is Status.CONNECTED for row in waiting)
        return bool(waiting) and caller and not connected and not self.agents() and not self.is_heard()

    def is_heard(self) -> bool:
        people = self.world.rooms.there["r"].values()
        return any(one.identity.startswith("human-agent-") and one.audio_heard for one in people)

    def agents(self) -> list[Participant]:
        return [one for one in self.world.rooms.there["r"].values() if one.identity.startswith("agent-")]

    def by_link(self, person: str, number: int, act: Callable[[str], object]) -> None:
        for row in [*self.world.store.rows.values()][-1:]:
            code = self.world.code(row, person, number)
            if self.world.store.link(hashed(code)):
                self.tolerate(partial(act, code))

    def identities(self) -> list[str]:
        rows = [*self.world.store.rows.values()][-1:]
        return [row.claim.identity for row in rows if row.claim] + ["human-agent-impostor"][: len(rows)]

    def event(
        self,
        kind: EventKind,
        identity: str,
        sid: str,
        *,
        told: bool,
        heard: bool = False,
        why: str = "CLIENT_INITIATED",
    ) -> None:
        agent = identity.startswith("agent-")
        event = RoomEvent(
            id=f"EV_{kind}_{sid}",
            kind=kind,
            room="r",
            identity=identity,
            sid=sid,
            joined_at=self.world.clock(),
            participant_kind=ParticipantKind.AGENT if agent else ParticipantKind.STANDARD,
            disconnect_reason=why,
            audio_heard=heard,
        )
        self.events.append(event)
        if told:
            self.tolerate(lambda: presence.apply(self.world.ports, event))

    def tolerate(self, act: Callable[[], object]) -> None:
        with suppress(*EXPECTED):
            act()


class TestLife(Life.TestCase):  # type: ignore[misc,valid-type]
    settings = settings(
        max_examples=int(os.environ.get("HANDOFF_LIVES", "40")),
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
