"""What AWS and LiveKit answer to the few calls that a handoff is made of; each call is counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import parse_qs

from livekit.protocol.room import ListParticipantsResponse, SendDataResponse

from tests.bench.load.stand_in.table import MemoryTable, RefusedError

Answer = tuple[int, str, bytes]
JSON: Final = "application/x-amz-json-1.0"
_SNS: Final = "http://sns.amazonaws.com/doc/2010-03-31/"
_PUBLISHED: Final = (
    f'<PublishResponse xmlns="{_SNS}"><PublishResult><MessageId>m</MessageId></PublishResult>'
    "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></PublishResponse>"
).encode()


class Aws:
    """Nobody is in any room, and every message is taken."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._secrets = secrets
        self._tables: dict[str, MemoryTable] = {}
        self.counts: Counter[str] = Counter()

    def answer(self, path: str, target: str, body: bytes) -> Answer:
        if path.startswith("/twirp/"):
            return self._livekit(path.rpartition("/")[2])
        if path == "/counts":
            return self._counted()
        if not target:
            return self._published(body)
        service, _, operation = target.partition(".")
        self.counts[operation] += 1
        try:
            return 200, JSON, json.dumps(self._of(service)(operation, json.loads(body))).encode()
        except RefusedError as refused:
            told = {"__type": refused.code, "Message": refused.code, "CancellationReasons": refused.reasons}
            return 400, JSON, json.dumps(told).encode()

    def _of(self, service: str) -> Callable[[str, dict[str, Any]], dict[str, Any]]:
        return {"secretsmanager": self._secret, "AmazonSQS": self._queued}.get(service, self._stored)

    def _stored(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        name = request["TableName"] if "TableName" in request else _table_of(request)
        return self._tables.setdefault(name, MemoryTable()).asked(operation, request)

    def _secret(self, _operation: str, request: dict[str, Any]) -> dict[str, Any]:
        if request.get("VersionStage", "AWSCURRENT") != "AWSCURRENT":
            raise RefusedError("ResourceNotFoundException")
        return {"SecretString": self._secrets[request["SecretId"]]}

    def _queued(self, _operation: str, _request: dict[str, Any]) -> dict[str, Any]:
        return {"MessageId": "m"}

    def _published(self, body: bytes) -> Answer:
        (action,) = parse_qs(body.decode())["Action"]
        self.counts[action] += 1
        return 200, "text/xml", _PUBLISHED

    def _livekit(self, method: str) -> Answer:
        self.counts[method] += 1
        # A recorder alone is in the room: whoever looks has nobody to see to.
        answers = {"ListParticipants": _only_a_recorder(), "SendData": SendDataResponse()}
        return 200, "application/protobuf", answers[method].SerializeToString()

    def _counted(self) -> Answer:
        told, self.counts = json.dumps(self.counts).encode(), Counter()
        return 200, JSON, told


def _table_of(request: dict[str, Any]) -> str:
    ((_, first),) = request["TransactItems"][0].items()
    return str(first["TableName"])


def _only_a_recorder() -> ListParticipantsResponse:
    return ListParticipantsResponse(participants=[{"identity": "observer-1", "sid": "PA_o"}])
