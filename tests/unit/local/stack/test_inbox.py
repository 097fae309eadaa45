import itertools
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from local.inbox.app import Inbox
from local.inbox.messages import Message
from local.inbox.sms import PATH, Phones
from local.stack.waiting import until


def kept(*texts: str, phone: str = "+15005550101") -> dict[str, Any]:
    records = [{"MessageId": f"{phone}-{text}", "Message": text} for text in texts]
    return {"sms_messages": {phone: records}}


def phones(endpoint: str = "http://127.0.0.1:9") -> Phones:
    ticks = itertools.count()
    return Phones(aws_endpoint=endpoint, now=lambda: f"2026-11-24T12:00:0{next(ticks)}.000Z")


class Mail:
    """A mailbox whose mail is already there."""

    def __init__(self, *messages: Message) -> None:
        self._messages = list(messages)
        self.looks = 0

    @property
    def messages(self) -> list[Message]:
        return self._messages

    async def look(self) -> None:
        self.looks += 1


def test_an_sms_has_the_time_at_which_it_was_first_seen() -> None:
    inbox = phones()

    inbox.take(kept("first"))
    inbox.take(kept("first", "second"))

    assert [(message.body, message.sent_at[17:19]) for message in inbox.messages] == [
        ("first", "00"),
        ("second", "01"),
    ]
    assert {message.to for message in inbox.messages} == {"+15005550101"}


@pytest.fixture
async def embedded_sns() -> AsyncIterator[str]:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response(kept("A caller needs you: http://127.0.0.1:1/j/abc"))

    app = web.Application()
    app.router.add_get(PATH, answer)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")


async def test_messages_are_listed_newest_first_with_their_channel(embedded_sns: str) -> None:
    email = Message("email", "maria@example.com", "A caller needs you", "body", "2026-11-24T12:00:05.000Z")
    watched, mail = phones(embedded_sns), Mail(email)

    async with TestClient(TestServer(Inbox(watched, mail).app())) as client:
        await until(lambda: seen(watched), what="the SMS", seconds=5)
        found = await (await client.get("/messages")).json()

    assert [(message["channel"], message["to"]) for message in found] == [
        ("email", "maria@example.com"),
        ("sms", "+15005550101"),
    ]
    assert set(found[0]) == {"channel", "to", "subject", "body", "sent_at"}
    assert mail.looks == 1


async def seen(watched: Phones) -> bool:
    return bool(watched.messages)


async def test_an_embedded_sns_that_is_gone_is_no_error() -> None:
    inbox = phones()

    async with aiohttp.ClientSession() as session:
        await inbox.look(session)

    assert inbox.messages == []


@pytest.mark.parametrize(
    ("path", "kind"), [("/", "text/html"), ("/inbox.css", "text/css"), ("/inbox.js", "text/javascript")]
)
async def test_the_page_is_served_and_allows_no_other_origin(path: str, kind: str) -> None:
    async with TestClient(TestServer(Inbox(phones(), Mail()).app())) as client:
        answer = await client.get(path)

    assert answer.status == 200
    assert answer.content_type == kind
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
