"""Receives the topic's e-mails through a queue that is subscribed beside the human agents."""

import asyncio
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from local.inbox.messages import AddressOf, Message
from local.stack.clients import Clients

QUEUE: Final = "handoff-laptop-inbox"
BATCH: Final = 10


class Mailbox:
    def __init__(self, clients: Clients, *, address_of: AddressOf) -> None:
        self._sqs = clients.sqs
        self._sns = clients.sns
        self._address_of = address_of
        self._queue_url = ""
        self._received: list[Message] = []

    @property
    def messages(self) -> list[Message]:
        return list(self._received)

    def subscribe(self, topic_arn: str) -> None:
        self._queue_url = self._sqs.create_queue(QueueName=QUEUE)["QueueUrl"]
        attributes = self._sqs.get_queue_attributes(QueueUrl=self._queue_url, AttributeNames=["QueueArn"])
        queue_arn = attributes["Attributes"]["QueueArn"]
        self._sns.subscribe(TopicArn=topic_arn, Protocol="sqs", Endpoint=queue_arn)

    async def look(self) -> None:
        """Take everything that has come since the last look."""
        while envelopes := await asyncio.to_thread(self._receive):
            for envelope in envelopes:
                self._received.append(await self._read(envelope))

    def _receive(self) -> list[dict[str, Any]]:
        answer = self._sqs.receive_message(QueueUrl=self._queue_url, MaxNumberOfMessages=BATCH)
        messages = answer.get("Messages", [])
        for message in messages:
            self._sqs.delete_message(QueueUrl=self._queue_url, ReceiptHandle=message["ReceiptHandle"])
        return [json.loads(message["Body"]) for message in messages]

    async def _read(self, envelope: Mapping[str, Any]) -> Message:
        addresses = [await self._address_of(value) for value in _values(envelope)]
        return Message(
            channel="email",
            to=", ".join(filter(None, addresses)),
            subject=envelope.get("Subject") or "",
            body=envelope["Message"],
            sent_at=envelope["Timestamp"],
        )


def _values(envelope: Mapping[str, Any]) -> Iterable[str]:
    """The attributes' values: one of them names the person that the e-mail is for."""
    return [attribute["Value"] for attribute in envelope.get("MessageAttributes", {}).values()]
