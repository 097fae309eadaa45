"""The domain on its real store, notifier and timers: opened once, told once, claimed by one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from msgspec.structs import replace

from lambda_api.adapters.dynamodb import DynamoStore
from lambda_api.adapters.sns import SnsNotifier
from lambda_api.adapters.sqs import SqsTimers
from lambda_api.escalations import answering, callbacks, claiming, forgetting, hooks, looking
from lambda_api.escalations.codes import DerivedCodes
from lambda_api.escalations.errors import AlreadyClaimedError
from lambda_api.escalations.models import HumanAgent, Reason, Status
from lambda_api.escalations.opening import Opened, Request, open_escalation
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.records import Wish
from tests.integration.embedded_aws import Aws
from tests.unit.lambda_api.domain.fakes import FakeHooks, FakeNotifier, FakeRooms


@dataclass
class Clock:
    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@pytest.fixture
def phone() -> str:
    return f"+1500{uuid4().int % 10_000_000:07}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ports(store: DynamoStore, notifier: SnsNotifier, timers: SqsTimers, phone: str, clock: Clock) -> Ports:
    rooms = FakeRooms()
    rooms.add("caller-1")
    store.put_person(HumanAgent(id="maria", name="Maria", phone=phone))
    codes = DerivedCodes(lambda: b"key")
    return Ports(store=store, notifier=notifier, timers=timers, rooms=rooms, clock=clock, codes=codes)


def open_one(ports: Ports, key: str = "k") -> Opened:
    request = Request(room="r", caller_identity="caller-1", reason=Reason.CALLER_REQUEST)
    return open_escalation(ports, request, key_name="worker", idempotency_key=key)


def test_two_requests_with_one_key_give_one_row_and_one_text(ports: Ports, aws: Aws, phone: str) -> None:
    first, second = open_one(ports), open_one(ports)

    assert first.escalation == second.escalation
    assert first.escalation.status is Status.NOTIFIED
    [sent] = aws.sms_to(phone)
    assert len(sent["Message"]) <= 160
    assert ports.store.page(status=None, limit=10, cursor=None).items == (first.escalation,)


@pytest.mark.parametrize("same_key", [True, False])
def test_eight_requests_at_once_give_one_row_and_one_text(
    ports: Ports, aws: Aws, phone: str, *, same_key: bool
) -> None:
    start = Barrier(8)

    def ask(number: int) -> str:
        start.wait(timeout=10)
        return open_one(ports, "k" if same_key else f"k{number}").escalation.id

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(ask, range(8)))

    assert len(ids) == 1
    assert len(aws.sms_to(phone)) == 1
    assert len(ports.store.page(status=None, limit=10, cursor=None).items) == 1


@pytest.mark.parametrize("round_", range(5))
def test_of_eight_browsers_one_has_the_call(ports: Ports, round_: int) -> None:
    row = open_one(ports, f"round {round_}").escalation
    code = ports.codes.derive(row.id, "maria", 1)
    start = Barrier(8)

    def press(number: int) -> str | None:
        start.wait(timeout=10)
        try:
            return claiming.claim(ports, code, f"browser {number}").identity
        except AlreadyClaimedError:
            return None

    with ThreadPoolExecutor(8) as pool:
        won = [identity for identity in pool.map(press, range(8)) if identity]

    stored = ports.store.escalation(row.id)
    assert stored
    assert stored.claim
    assert won == [stored.claim.identity]
    assert [entry.change for entry in stored.timeline].count("claimed") == 1


def test_the_sweep_sends_what_could_not_be_sent_at_once(
    ports: Ports, aws: Aws, phone: str, clock: Clock
) -> None:
    row = open_one(replace(ports, notifier=FakeNotifier(down=True))).escalation
    assert row.status is Status.REQUESTED
    assert not aws.sms_to(phone)

    clock.ahead = timedelta(seconds=5)
    looking.sweep(ports)
    looking.sweep(ports)

    assert len(aws.sms_to(phone)) == 1
    stored = ports.store.escalation(row.id)
    assert stored
    assert stored.status is Status.NOTIFIED
    assert not ports.store.outbox()


def test_from_a_decline_to_a_call_back_that_is_forgotten(
    ports: Ports, aws: Aws, phone: str, clock: Clock
) -> None:
    offered = FakeHooks()
    ports = replace(ports, hooks=offered)
    hooks.put(ports, "desk", url="https://desk.example/")
    row = open_one(ports).escalation

    declined = answering.decline(ports, ports.codes.derive(row.id, "maria", 1))
    assert declined.status is Status.UNANSWERED
    callbacks.ask(ports, row.id, Wish(name="Ada", phone="+15005550177", when="at six"), actor="worker")
    clock.ahead = timedelta(seconds=5)
    looking.sweep(ports)

    texts = [one["Message"] for one in aws.sms_to(phone)]
    assert [text for text in texts if text.startswith("A caller asks for a call back. See: ")]
    assert len(offered.posts) == len(declined.timeline) + 1
    assert not ports.store.outbox()
    forgotten = forgetting.erase(ports, row.id, actor="admin")
    assert forgotten == ports.store.escalation(row.id)
    assert "Ada" not in str(forgotten)
