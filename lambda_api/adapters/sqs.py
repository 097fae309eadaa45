"""The Timers port on SQS: a delayed message is a look that is due."""

import json
from typing import Final

from msgspec import Struct

from lambda_api.aws.client import Ask
from lambda_api.aws.errors import AwsError
from lambda_api.escalations.errors import UnavailableError

LONGEST: Final = 900  # SQS delays no message for longer; a look that comes early finds nothing due


class SqsTimers(Struct, frozen=True, kw_only=True):
    client: Ask
    queue_url: str

    def look_later(self, escalation_id: str, *, delay_s: int, chain: bool) -> None:
        body = json.dumps({"kind": "look", "escalation_id": escalation_id, "chain": chain})
        try:
            self.client(
                "SendMessage",
                QueueUrl=self.queue_url,
                MessageBody=body,
                DelaySeconds=min(delay_s, LONGEST),
            )
        except AwsError as error:
            raise UnavailableError("timers") from error
