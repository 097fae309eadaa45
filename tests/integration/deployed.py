"""What a deployed function is told, its secrets in an embedded AWS, and how all that is forgotten."""

import json
from typing import Final

from lambda_api import dependencies
from tests.integration.embedded_aws import Aws
from tests.unit.lambda_api.http.surroundings import LIVEKIT, ORIGIN_KEY

SCOPES: Final = ("escalations:write", "escalations:read", "human_agents:write")


def environment(
    aws: Aws, *, table: str, topic: str, queue: str, admin: str, **livekit: str
) -> dict[str, str]:
    return {
        **aws.environment(),
        "HANDOFF_STAGE": "dev",
        "HANDOFF_TABLE": table,
        "HANDOFF_TOPIC_ARN": topic,
        "HANDOFF_TIMERS_QUEUE_URL": queue,
        "HANDOFF_PUBLIC_URL": "https://handoff.example",
        "HANDOFF_AGENT_NAME": "handoff-agent",
        "HANDOFF_LIVEKIT_SECRET_ARN": aws.secret(json.dumps(LIVEKIT | livekit)),
        "HANDOFF_LINK_SECRET_ARN": aws.secret("l" * 43),
        "HANDOFF_ORIGIN_SECRET_ARN": aws.secret(ORIGIN_KEY),
        "HANDOFF_SERVICE_KEYS": json.dumps({"admin": {"secret_arn": admin, "scopes": SCOPES}}),
    }


def forget() -> None:
    """What was made of one environment is of no use in another."""
    dependencies.wiring.cache_clear()
    dependencies._dynamodb.cache_clear()
