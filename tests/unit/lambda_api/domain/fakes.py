"""Small real stand-ins for the domain's ports, with what they were asked to do kept for the tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from lambda_api.escalations.briefs import Brief
from lambda_api.escalations.codes import DerivedCodes
from lambda_api.escalations.errors import BadCursorError, ConflictError, DuplicateEventError, UnavailableError
from lambda_api.escalations.models import (
    OPEN_STATUSES,
    EmailStatus,
    Escalation,
    HumanAgent,
    LastTest,
    Status,
)
from lambda_api.escalations.policy import Policy
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import (
    Change,
    Grant,
    Hook,
    Idempotency,
    Link,
    OutboxItem,
    Page,
    Pointer,
    Words,
)
from lambda_api.escalations.rooms import Participant, ParticipantKind
from tests.unit.lambda_api.domain.desk_fakes import MemoryDesk

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
_NO_WORDS = Words()


@dataclass
class FakeClock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class MemoryStore(MemoryDesk):
    """All or nothing under the same conditions as the table."""

    pointers: dict[str, Pointer] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)
    seats: dict[tuple[str, str], Grant] = field(default_factory=dict)
    records: dict[str, Idempotency] = field(default_factory=dict)
    said: dict[str, Words] = field(default_factory=dict)
    said_until: dict[str, datetime] = field(default_factory=dict)
    briefs: dict[str, tuple[Brief, datetime]] = field(default_factory=dict)  # until when
    events: set[str] = field(default_factory=set)
    chains: dict[str, datetime] = field(default_factory=dict)
    watches: dict[str, datetime] = field(default_factory=dict)
    dispatches: dict[str, datetime] = field(default_factory=dict)
    texts_of: dict[tuple[int, int], int] = field(default_factory=dict)  # SMS by day and hour
    others: dict[str, Hook] = field(default_factory=dict)
    commits: list[Change] = field(default_factory=list)
    faults: list[Exception | None] = field(default_factory=list)  # what the next commits meet
    meanwhile: Callable[[], None] | None = None  # what somebody else does right before the next one

    def escalation(self, escalation_id: str) -> Escalation | None:
        return self.rows.get(escalation_id)

    def pointer(self, room: str) -> Pointer | None:
        return self.pointers.get(room)

    def words(self, escalation_id: str, *, now: datetime) -> Words | None:
        return self.said.get(escalation_id) if now < self.said_until.get(escalation_id, now) else None

    def brief(self, escalation_id: str, *, now: datetime) -> Brief | None:
        brief, until = self.briefs.get(escalation_id, (None, now))
        return brief if now < until else None

    def put_brief(self, escalation_id: str, brief: Brief, *, until: datetime) -> None:
        self._break()
        self.briefs[escalation_id] = (brief, until)

    def delete_brief(self, escalation_id: str) -> None:
        self.briefs.pop(escalation_id, None)

    def commit(self, change: Change) -> None:
        self._break()
        row = change.escalation
        before = self.rows.get(row.id)
        if (before.version if before else None) != change.expected:
            raise ConflictError
        if change.event_id in self.events:
            raise DuplicateEventError
        self._check_pointer(change)
        if change.idempotency:
            self.remember(change.idempotency, now=row.created_at)
        if change.expected is None:
            self.pointers[row.room] = Pointer(room=row.room, escalation_id=row.id, epoch=row.epoch)
        self._store(change)
        self._keep_words(change)
        self.discard(change.sent)
        self._mark(change)
        self.commits.append(change)

    def _store(self, change: Change) -> None:
        self.rows[change.escalation.id] = change.escalation
        for link in change.links:
            self.links[link.code_hash] = link
        for item in change.outbox:
            self.items[item.id] = item

    def _mark(self, change: Change) -> None:
        if change.event_id:
            self.events.add(change.event_id)
        if change.leaves_caller:
            self.watches[change.escalation.room] = change.escalation.timeline[-1].at

    def _keep_words(self, change: Change) -> None:
        if change.words == _NO_WORDS:
            self.said.pop(change.escalation.id, None)
            self.briefs.pop(change.escalation.id, None)
        elif change.words:
            self.said[change.escalation.id] = change.words
            kept = timedelta(seconds=Policy().words_seconds)
            self.said_until[change.escalation.id] = change.escalation.timeline[-1].at + kept

    def _break(self) -> None:
        act, self.meanwhile = self.meanwhile, None
        if act:
            act()
        fault = self.faults.pop(0) if self.faults else None
        if fault:
            raise fault

    def _check_pointer(self, change: Change) -> None:
        known = self.pointers.get(change.escalation.room)
        if change.expected is None and known and known.escalation_id != change.replaces:
            raise ConflictError

    def idempotency(self, key: str) -> Idempotency | None:
        return self.records.get(key)

    def remember(self, record: Idempotency, *, now: datetime) -> None:
        known = self.records.get(record.key)
        if known and known.valid_until > now:
            raise ConflictError
        self.records[record.key] = record

    def page(self, *, status: Status | None, limit: int, cursor: str | None) -> Page:
        rows = [row for row in self.rows.values() if status in (None, row.status)]
        if cursor and not cursor.isdecimal():
            raise BadCursorError
        start = int(cursor or 0)
        newest = sorted(rows, key=lambda row: row.id, reverse=True)
        more = str(start + limit) if start + limit < len(rows) else None
        return Page(items=tuple(newest[start : start + limit]), next_cursor=more)

    def open_ids(self) -> tuple[str, ...]:
        return tuple([row.id for row in self.rows.values() if row.status in OPEN_STATUSES])

    def take_chain(self, escalation_id: str, *, now: datetime, until: datetime) -> bool:
        if self.chains.get(escalation_id, now) > now:
            return False
        self.chains[escalation_id] = until
        return True

    def watch_room(self, room: str, *, now: datetime, until: datetime) -> bool:
        if self.watches.get(room, now) > now:
            return False
        self.watches[room] = until
        return True

    def missed_rooms(self, *, now: datetime) -> tuple[str, ...]:
        return tuple([room for room, until in self.watches.items() if until <= now])

    def unwatch_room(self, room: str) -> None:
        self.watches.pop(room, None)

    def take_dispatch(self, room: str, *, now: datetime, until: datetime) -> bool:
        if self.dispatches.get(room, now) > now:
            return False
        self.dispatches[room] = until
        return True

    def free_dispatch(self, room: str) -> None:
        self.dispatches.pop(room, None)

    def outbox(self, escalation_id: str | None = None) -> tuple[OutboxItem, ...]:
        if not self.items:
            return ()
        return tuple([one for one in self.items.values() if escalation_id in (None, one.escalation_id)])

    def lease(self, item: OutboxItem, *, until: datetime) -> bool:
        if self.items.get(item.id) != item:
            return False
        self.items[item.id] = replace(item, not_before=until, attempts=item.attempts + 1)
        return True

    def discard(self, item_ids: tuple[str, ...]) -> None:
        for item_id in item_ids:
            self.items.pop(item_id, None)

    def link(self, code_hash: str) -> Link | None:
        return self.links.get(code_hash)

    def grant(self, room: str, identity: str) -> Grant | None:
        return self.seats.get((room, identity))

    def grants(self, room: str) -> tuple[Grant, ...]:
        return tuple([one for (where, _), one in self.seats.items() if where == room])

    def add_seat(self, grant: Grant, link: Link) -> None:
        self.seats[grant.room, grant.identity] = grant
        self.links[link.code_hash] = link

    def press(self, pressed: Grant, *, extra: Grant | None) -> None:
        self._break()
        if self.seats[pressed.room, pressed.identity].presses != pressed.presses - 1:
            raise ConflictError
        self.seats[pressed.room, pressed.identity] = pressed
        if extra:
            self.seats[extra.room, extra.identity] = extra

    def add_link(self, link: Link) -> None:
        self.links[link.code_hash] = link

    def hooks(self, *, lately: bool = False) -> tuple[Hook, ...]:
        del lately
        return tuple(self.others.values())

    def put_hook(self, hook: Hook) -> None:
        self.others[hook.id] = hook

    def delete_hook(self, hook_id: str) -> None:
        self.others.pop(hook_id, None)

    def people(self) -> tuple[HumanAgent, ...]:
        return tuple(self.roster.values())

    def person(self, human_agent_id: str) -> HumanAgent | None:
        return self.roster.get(human_agent_id)

    def put_person(self, person: HumanAgent) -> None:
        self.roster[person.id] = person

    def confirm_person(self, human_agent_id: str, subscription: str) -> None:
        person = self.roster.get(human_agent_id)
        if person and person.subscription == subscription:
            self.roster[person.id] = replace(person, email_status=EmailStatus.CONFIRMED)

    def note_test(self, human_agent_id: str, tested: LastTest, *, reached: bool) -> None:
        if person := self.roster.get(human_agent_id):
            at = tested.at if reached else person.reached_at
            self.roster[person.id] = replace(person, tested=tested, reached_at=at)

    def take_sms(self, at: datetime, *, most: int) -> bool:
        hour = (at.day, at.hour)
        self.texts_of[hour] = self.texts_of.get(hour, 0) + 1
        return self.texts_of[hour] <= most

    def delete_person(self, human_agent_id: str) -> None:
        self.roster.pop(human_agent_id, None)


@dataclass
class FakeNotifier:
    texts: list[tuple[str, str]] = field(default_factory=list)  # (phone, text)
    mails: list[tuple[str, str]] = field(default_factory=list)  # (human_agent_id, text)
    subscriptions: dict[str, bool] = field(default_factory=dict)  # handle → confirmed
    asked: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    opted_out: set[str] = field(default_factory=set)
    traces: list[str] = field(default_factory=list)
    down: bool = False
    fails: list[bool] = field(default_factory=list)  # the next calls, one by one
    confirms: bool = False

    def sms(self, *, phone: str, text: str, trace: str = "") -> None:
        self._check()
        self.texts.append((phone, text))
        self.traces.append(trace)

    def email(self, *, human_agent_id: str, subject: str, text: str, trace: str = "") -> None:
        self._check()
        assert subject
        self.mails.append((human_agent_id, text))
        self.traces.append(trace)

    def subscribe(self, *, human_agent_id: str, email: str) -> str:
        self._check()
        self.asked.append(email)
        handle = f"sub:{human_agent_id}:{email}"
        self.subscriptions[handle] = self.confirms
        return handle

    def unsubscribe(self, subscription: str) -> None:
        self._check()
        self.gone.append(subscription)

    def is_confirmed(self, subscription: str) -> bool:
        self._check()
        return self.subscriptions.get(subscription, False)

    def has_opted_out(self, phone: str) -> bool:
        self._check()
        return phone in self.opted_out

    def _check(self) -> None:
        if self.down or (self.fails and self.fails.pop(0)):
            raise UnavailableError("notifier")


@dataclass
class FakeTimers:
    queued: list[tuple[str, int, bool]] = field(default_factory=list)
    down: bool = False

    def look_later(self, escalation_id: str, *, delay_s: int, chain: bool) -> None:
        if self.down:
            raise UnavailableError("timers")
        self.queued.append((escalation_id, delay_s, chain))


@dataclass
class FakeRooms:
    """One LiveKit with as many rooms as the test fills."""

    there: dict[str, dict[str, Participant]] = field(default_factory=dict)
    nudges: list[Mapping[str, object]] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    dismissed: list[str] = field(default_factory=list)
    dispatched: list[Mapping[str, object]] = field(default_factory=list)
    relieved: list[Mapping[str, object]] = field(default_factory=list)
    down: bool = False
    wedged: bool = False  # a dismissed agent stays

    def add(
        self,
        identity: str,
        *,
        room: str = "r",
        sid: str = "",
        heard: bool = False,
        active: bool = True,
        joined_at: datetime | None = None,
    ) -> None:
        kind = ParticipantKind.AGENT if identity.startswith("agent-") else ParticipantKind.STANDARD
        one = Participant(
            identity=identity,
            sid=sid or f"PA_{identity}",
            kind=kind,
            audio_heard=heard,
            active=active,
            joined_at=joined_at,
        )
        self.there.setdefault(room, {})[one.sid] = one

    def add_avatar(self, identity: str, *, of: str, room: str = "r") -> None:
        sid = f"PA_{identity}"
        self.there.setdefault(room, {})[sid] = Participant(
            identity=identity, sid=sid, kind=ParticipantKind.AGENT, audio_heard=True, behalf_of=of
        )

    def drop(self, identity: str, *, room: str = "r") -> None:
        people = self.there.get(room, {})
        self.there[room] = {sid: one for sid, one in people.items() if one.identity != identity}

    def participants(self, room: str) -> tuple[Participant, ...] | None:
        self._check()
        return tuple(self.there[room].values()) if room in self.there else None

    def nudge(self, room: str, payload: Mapping[str, object]) -> None:
        self._check()
        self.nudges.append({**payload, "room": room})

    def remove(self, room: str, identity: str) -> None:
        self._check()
        self.removed.append(identity)
        self.drop(identity, room=room)

    def dismiss_agent(self, room: str) -> None:
        self._check()
        self.dismissed.append(room)
        if not self.wedged:
            for one in [*self.there.get(room, {}).values()]:
                if one.kind is ParticipantKind.AGENT:
                    self.drop(one.identity, room=room)

    def dispatch_agent(self, room: str, metadata: Mapping[str, object]) -> None:
        self._check()
        self.dispatched.append({**metadata, "room": room})

    def relieve_agent(self, room: str, metadata: Mapping[str, object], leaving: str) -> None:
        self._check()
        assert leaving == metadata["replaces"]
        self.relieved.append({**metadata, "room": room})

    def kinds(self) -> list[object]:
        return [one["type"] for one in self.nudges]

    def _check(self) -> None:
        if self.down:
            raise UnavailableError("livekit")


@dataclass
class FakeHooks:
    posts: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)
    down: bool = False

    def post(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> None:
        if self.down:
            raise UnavailableError("webhook")
        self.posts.append((url, body, headers))


@dataclass
class World:
    """Everything around the domain in one test."""

    store: MemoryStore = field(default_factory=MemoryStore)
    notifier: FakeNotifier = field(default_factory=FakeNotifier)
    timers: FakeTimers = field(default_factory=FakeTimers)
    rooms: FakeRooms = field(default_factory=FakeRooms)
    hooks: FakeHooks = field(default_factory=FakeHooks)
    clock: FakeClock = field(default_factory=FakeClock)
    policy: Policy = field(default_factory=Policy)

    @property
    def ports(self) -> Ports:
        return Ports(
            store=self.store,
            notifier=self.notifier,
            timers=self.timers,
            rooms=self.rooms,
            hooks=self.hooks,
            clock=self.clock,
            codes=DerivedCodes(lambda: b"a key of this test"),
            policy=self.policy,
        )

    def code(self, row: Escalation, person: str = "maria", number: int = 1) -> str:
        return self.ports.codes.derive(row.id, person, number)

    def row(self, row: Escalation) -> Escalation:
        return self.store.rows[row.id]
