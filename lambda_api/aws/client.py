"""Asks one service of AWS, five times at most, and no longer than a caller would wait."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from typing import Any, Final, Protocol

from msgspec import Struct

from lambda_api.aws.connections import Connections
from lambda_api.aws.errors import SILENT, AwsError
from lambda_api.aws.json_protocol import JsonProtocol
from lambda_api.aws.query_protocol import QueryProtocol
from lambda_api.aws.session import Session, now, session
from lambda_api.aws.signing import signed

# What fails for one call in three is asked so often for one in two hundred to fail all the same.
ATTEMPTS: Final = 5
# Longer each time, and a random part of it: those who failed together come apart.
PAUSE_S: Final = 0.2
# A service that lets us wait for an answer is not asked that often.
PATIENCE_S: Final = 4.0
_PROTOCOLS: Final[Mapping[str, JsonProtocol | QueryProtocol]] = {
    "dynamodb": JsonProtocol("DynamoDB_20120810"),
    "secretsmanager": JsonProtocol("secretsmanager", "1.1"),
    "sns": QueryProtocol("2010-03-31"),
    "sqs": JsonProtocol("AmazonSQS"),
}
_PASSING: Final = (
    SILENT,
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestTimeout",
    "Throttled",
    "ThrottledException",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionInProgressException",
)


class Ask(Protocol):
    """A service: an operation of its API by name, with what that API says it takes."""

    def __call__(self, operation: str, /, **given: Any) -> dict[str, Any]:
        """Raises `AwsError` for what was refused, or not answered."""
        ...


class Client(Struct, frozen=True, kw_only=True):
    """One service's `Ask`; from several threads at once, if need be."""

    session: Session
    service: str
    connections: Connections
    pause_s: float = PAUSE_S
    patience_s: float = PATIENCE_S

    def __call__(self, operation: str, /, **given: Any) -> dict[str, Any]:
        for hear in self.session.heard:
            hear(self.service, operation, given)
        protocol = _PROTOCOLS[self.service]
        headers, body = protocol.request(operation, given)
        return protocol.answer(self._answer({"host": self.connections.host, **headers}, body))

    def _answer(self, headers: Mapping[str, str], body: bytes) -> bytes:
        until = time.monotonic() + self.patience_s
        for attempt in range(1, ATTEMPTS):
            pause = random.random() * self.pause_s * attempt  # noqa: S311
            try:
                return self._asked(headers, body)
            except AwsError as error:
                if error.code not in _PASSING or time.monotonic() + pause > until:
                    raise
            time.sleep(pause)
        return self._asked(headers, body)

    def _asked(self, headers: Mapping[str, str], body: bytes) -> bytes:
        proved = signed(
            headers,
            body,
            credentials=self.session.purse.credentials(),
            region=self.session.region,
            service=self.service,
            at=now(),
        )
        answer = self.connections.post(body, proved)
        if answer.status >= 500:
            raise AwsError(SILENT)
        if answer.status >= 300:
            raise _PROTOCOLS[self.service].refusal(answer.body)
        return answer.body


def client_of(session: Session, service: str) -> Client:
    return Client(session=session, service=service, connections=Connections(session.endpoint(service)))


def client(service: str) -> Client:
    """Of this process's own environment."""
    return client_of(session(), service)
