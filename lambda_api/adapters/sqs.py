"""The Timers port on SQS: a delayed message is a look that is due."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError
from msgspec import Struct

from lambda_api.escalations.errors import UnavailableError

if TYPE_CHECKING:
    from types_boto3_sqs.client import SQSClient

LONGEST: Final = 900  # SQS delays no message for longer; a look that comes early finds nothing due


class SqsTimers(Struct, frozen=True, kw_only=True):
    client: SQSClient
    queue_url: str

    def look_later(self, escalation_id: str, *, delay_s: int, chain: bool) -> None:
        body = json.dumps({"kind": "look", "escalation_id": escalation_id, "chain": chain})
        try:
            self.client.send_message(
                QueueUrl=self.queue_url, MessageBody=body, DelaySeconds=min(delay_s, LONGEST)
            )
        except (ClientError, BotoCoreError) as error:
            raise UnavailableError("timers") from error
