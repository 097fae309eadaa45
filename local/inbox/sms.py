"""Watches the SMS that the embedded SNS keeps, and notes when each came: it keeps no time of its own."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import aiohttp

from local.inbox.messages import Message

PATH: Final = "/_ministack/sns/sms-messages"
EVERY: Final = 0.2

Now = Callable[[], str]


class Phones:
    def __init__(self, *, aws_endpoint: str, now: Now) -> None:
        self._url = f"{aws_endpoint}{PATH}"
        self._now = now
        self._seen: dict[str, Message] = {}

    @property
    def messages(self) -> list[Message]:
        return list(self._seen.values())

    async def watch(self, session: aiohttp.ClientSession) -> None:
        while True:
            await self.look(session)
            await asyncio.sleep(EVERY)

    async def look(self, session: aiohttp.ClientSession) -> None:
        try:
            async with session.get(self._url) as answer:
                self.take(await answer.json(content_type=None))
        except (aiohttp.ClientError, TimeoutError, ValueError):
            # It is ending or starting: the next look will tell.
            return

    def take(self, kept: Mapping[str, Any]) -> None:
        for identity, phone, body in _records(kept):
            if identity not in self._seen:
                self._seen[identity] = Message(
                    channel="sms", to=phone, subject="", body=body, sent_at=self._now()
                )


def _records(kept: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for phone, records in kept["sms_messages"].items():
        for record in records:
            yield record["MessageId"], phone, record["Message"]
