"""The environment of a deployed function, and the secrets that it names, in an embedded AWS."""

import json
from typing import Final

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
