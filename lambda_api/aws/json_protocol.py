"""AWS's JSON protocol, as DynamoDB, SQS and Secrets Manager speak it."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from lambda_api.aws.errors import SILENT, AwsError


class JsonProtocol(Struct, frozen=True):
    target: str
    version: str = "1.0"

    def request(self, operation: str, given: Mapping[str, Any]) -> tuple[dict[str, str], bytes]:
        kind = f"application/x-amz-json-{self.version}"
        return {"content-type": kind, "x-amz-target": f"{self.target}.{operation}"}, msgspec.json.encode(
            given
        )

    def answer(self, body: bytes) -> dict[str, Any]:
        try:
            return msgspec.json.decode(body, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise AwsError(SILENT) from error

    def refusal(self, body: bytes) -> AwsError:
        told = self.answer(body)
        code = str(told.get("__type", "")).rpartition("#")[2]
        reasons = tuple(str(one.get("Code")) for one in told.get("CancellationReasons") or ())
        return AwsError(code, reasons)
