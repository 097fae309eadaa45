"""One stack for all end-to-end tests: the one that is up, or one that comes up for them."""

import asyncio
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest
from livekit import api as livekit_api
from livekit import rtc

from local.rehearsal.desk import link_in
from local.stack.places import LOGS
from local.stack.running import running
from local.stack.stack_file import StackFile
from tests.e2e.watching import eventually

Json = dict[str, Any]
_CALLER = "caller-e2e"
_TAIL_LINES = 30
_STACK_WITHIN_S = 480


@pytest.fixture(scope="session")
def stack() -> Iterator[StackFile]:
    with running() as stack:
        yield stack


@pytest.fixture(scope="session")
def api(stack: StackFile) -> Iterator[httpx.Client]:
    """Another system, with the key that has every scope."""
    headers = {"Authorization": f"Bearer {stack.service_key}"}
    with httpx.Client(base_url=stack.api_url, headers=headers, timeout=20) as client:
        yield client


@pytest.fixture
def browser() -> Iterator[Callable[[], httpx.Client]]:
    """Makes browsers: each with its own cookies."""
    opened: list[httpx.Client] = []

    def new() -> httpx.Client:
        opened.append(httpx.Client(timeout=20))
        return opened[-1]

    yield new
    for client in opened:
        client.close()


@dataclass(slots=True)
class Inbox:
    """The messages that came since the test began."""

    url: str
    known: int

    def all(self) -> list[Json]:
        return list(httpx.get(f"{self.url}/messages", timeout=10).json())

    def new_sms(self) -> list[Json]:
        """Those that call somebody; that nobody is needed any more is told too, and later."""
        found = self.all()[: -self.known or None]
        return [each for each in found if each["channel"] == "sms" and "/j/" in each["body"]]

    def first_sms(self) -> Json:
        return eventually("an SMS", self.new_sms, within_s=15)[-1]

    def open_link(self) -> str:
        """A slow phone may only now get the SMS of the test before, whose call is over."""
        return eventually("an SMS with a link that is open", self._open_link, within_s=15)

    def _open_link(self) -> str | None:
        links = map(link_in, self.new_sms())
        return next(
            (link for link in links if httpx.get(link, timeout=20).status_code == httpx.codes.OK), None
        )


@pytest.fixture
def inbox(stack: StackFile) -> Inbox:
    inbox = Inbox(url=stack.inbox_url, known=0)
    inbox.known = len(inbox.all())
    return inbox


@dataclass(slots=True)
class Asked:
    """An escalation that a system has asked for, and how it asks again."""

    api: httpx.Client
    body: Json
    key: str

    def post(self, *, key: str | None = None) -> httpx.Response:
        return self.api.post("/v1/escalations", json=self.body, headers={"Idempotency-Key": key or self.key})

    def row(self) -> Json:
        found = self.api.get(f"/v1/escalations/{self.id}")
        found.raise_for_status()
        return dict(found.json())

    @property
    def id(self) -> str:
        items = self.api.get("/v1/escalations", params={"limit": 50}).json()["items"]
        return next(str(each["id"]) for each in items if each["room"] == self.body["room"])


@dataclass(frozen=True, slots=True)
class Call:
    """A room and the caller who is in it."""

    room: str
    identity: str
    sid: str


@pytest.fixture
def call(stack: StackFile) -> Iterator[Call]:
    """A real caller: an escalation of an empty room would soon be ended."""
    name = f"e2e-{uuid4().hex[:8]}"
    token = livekit_api.AccessToken(stack.livekit_api_key, stack.livekit_api_secret).with_identity(_CALLER)
    grants = livekit_api.VideoGrants(room_join=True, room=name)
    with asyncio.Runner() as runner:
        caller = runner.run(_joined(stack.livekit_url, token.with_grants(grants).to_jwt()))
        yield Call(room=name, identity=_CALLER, sid=caller.local_participant.sid)
        runner.run(caller.disconnect())


async def _joined(url: str, token: str) -> rtc.Room:
    caller = rtc.Room()
    await caller.connect(url, token)
    return caller


@pytest.fixture
def asked(api: httpx.Client, call: Call) -> Iterator[Asked]:
    """A caller who needs a person; what is still open afterwards is cancelled."""
    body = {"room": call.room, "caller_identity": call.identity, "reason": "caller_request"}
    asked = Asked(api, body, uuid4().hex)
    yield asked
    for row in api.get("/v1/escalations", params={"limit": 50}).json()["items"]:
        if row["room"] == call.room and not row["ended_at"]:
            api.post(f"/v1/escalations/{row['id']}/cancel", json={"cause": "operator"})


@pytest.fixture
def link(asked: Asked, inbox: Inbox) -> str:
    """The link in the SMS about a new escalation."""
    assert asked.post().status_code == httpx.codes.CREATED
    return inbox.open_link()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whichever test comes first pays for the stack's coming up."""
    for item in items:
        if "tests/e2e" in str(item.path):
            item.add_marker(pytest.mark.timeout(_STACK_WITHIN_S))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed and "tests/e2e" in str(item.path):
        for log in sorted(LOGS.glob("*.log")):
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-_TAIL_LINES:])
            report.sections.append((f"the end of {log.name}", tail))
    return report
