"""A whole wiring without AWS or LiveKit: real use cases and real edges over the domain's fakes."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from lambda_api.adapters.tokens import TokenMinter
from lambda_api.adapters.web_build import WebBuild
from lambda_api.aws.errors import SILENT, AwsError
from lambda_api.config.api_keys import ApiKey
from lambda_api.config.livekit_source import LiveKitSource
from lambda_api.config.secrets import Secrets
from lambda_api.config.settings import Settings, read_settings
from lambda_api.dependencies import Wiring
from lambda_api.escalations.errors import ConflictError
from tests.unit.lambda_api.domain.fakes import World

API_KEY, API_SECRET = "APIapi", "a" * 43
HOOK_KEY, HOOK_SECRET = "APIhook", "h" * 43
ADMIN_KEY, WORKER_KEY = "admin-" + "k" * 37, "worker-" + "k" * 36
ORIGIN_KEY = "o" * 48
ADMIN = {"Authorization": f"Bearer {ADMIN_KEY}"}
ENVIRONMENT = {
    "HANDOFF_STAGE": "dev",
    "HANDOFF_TABLE": "table",
    "HANDOFF_TOPIC_ARN": "arn:aws:sns:eu-central-1:000000000000:people",
    "HANDOFF_TIMERS_QUEUE_URL": "https://sqs.example/timers",
    "HANDOFF_PUBLIC_URL": "https://handoff.example",
    "HANDOFF_AGENT_NAME": "handoff-agent",
    "HANDOFF_LIVEKIT_SECRET_ARN": "livekit",
    "HANDOFF_LINK_SECRET_ARN": "link",
    "HANDOFF_ORIGIN_SECRET_ARN": "origin",
    "HANDOFF_SERVICE_KEYS": json.dumps(
        {
            "worker": {"secret_arn": "worker", "scopes": ["escalations:write", "escalations:read"]},
            "admin": {
                "secret_arn": "admin",
                "scopes": [
                    "escalations:write",
                    "escalations:read",
                    "join_urls:write",
                    "human_agents:write",
                    "human_agents:read",
                    "api_keys:write",
                ],
            },
        }
    ),
}
CALL = {"room": "r", "caller_identity": "caller-1", "reason": "caller_request", "team": "<b>sales</b>"}
LIVEKIT = {
    "url": "wss://livekit.example",
    "api_key": API_KEY,
    "api_secret": API_SECRET,
    "webhook_api_key": HOOK_KEY,
    "webhook_api_secret": HOOK_SECRET,
}


@dataclass
class FakeSecretsManager:
    """Two versions of each secret, and how often they were read."""

    current: dict[str, str] = field(
        default_factory=lambda: {
            "worker": WORKER_KEY,
            "admin": ADMIN_KEY,
            "link": "l" * 43,
            "origin": ORIGIN_KEY,
            "livekit": json.dumps(LIVEKIT),
        }
    )
    previous: dict[str, str] = field(default_factory=dict)
    reads: int = 0
    down: bool = False

    def __call__(self, operation: str, /, **given: str) -> dict[str, str]:
        assert operation == "GetSecretValue"
        self.reads += 1
        if self.down:
            raise AwsError(SILENT)
        versions = {"AWSCURRENT": self.current, "AWSPREVIOUS": self.previous}[given["VersionStage"]]
        if given["SecretId"] not in versions:
            raise AwsError("ResourceNotFoundException")
        return {"SecretString": versions[given["SecretId"]]}


@dataclass
class Ticker:
    """A monotonic clock that a test turns by hand."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


class FakeApiKeys:
    def __init__(self) -> None:
        self.kept: dict[str, ApiKey] = {}
        self.looked_up: list[str] = []

    def all(self) -> tuple[ApiKey, ...]:
        return tuple(self.kept.values())

    def find(self, name: str) -> ApiKey | None:
        self.looked_up.append(name)
        return self.kept.get(name)

    def add(self, key: ApiKey) -> None:
        if key.name in self.kept:
            raise ConflictError("taken")
        self.kept[key.name] = key

    def revoke(self, name: str) -> None:
        self.kept.pop(name, None)


@dataclass
class Surroundings:
    """Everything around the API in one test."""

    world: World = field(default_factory=World)
    manager: FakeSecretsManager = field(default_factory=FakeSecretsManager)
    ticker: Ticker = field(default_factory=Ticker)
    settings: Settings = field(default_factory=lambda: read_settings(ENVIRONMENT))
    web: WebBuild = field(default_factory=WebBuild)
    api_keys: FakeApiKeys = field(default_factory=FakeApiKeys)

    def __post_init__(self) -> None:
        self.secrets = Secrets(client=self.manager, clock=self.ticker)
        self.livekit = LiveKitSource(secrets=self.secrets, secret_arn="livekit", overrides={}, deployed=True)

    def wiring(self) -> Wiring:
        return Wiring(
            settings=self.settings,
            secrets=self.secrets,
            livekit=self.livekit,
            minter=TokenMinter(keys=self.livekit.keys, now=lambda: datetime.now(UTC)),
            ports=self.world.ports,
            api_keys=self.api_keys,
            web=self.web,
        )


def signed(body: bytes, *, key: str = HOOK_KEY, secret: str = HOOK_SECRET, **claims: Any) -> str:
    """Sign as LiveKit does; a claim given as None is left out."""
    now = datetime.now(UTC)
    digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
    standard = {"iss": key, "nbf": now, "exp": now + timedelta(minutes=5), "sha256": digest}
    given = {name: value for name, value in (standard | claims).items() if value is not None}
    return jwt.encode(given, secret, algorithm="HS256")


def webhook(event: str = "participant_joined", **fields: Any) -> bytes:
    """An event as LiveKit writes it: numbers as strings, zero values left out."""
    body = {
        "event": event,
        "id": "EV_1",
        "createdAt": "1795563121",
        "room": {"sid": "RM_1", "name": "r"},
        "participant": {
            "sid": "PA_h",
            "identity": "human-agent-maria-1",
            "state": "ACTIVE",
            "joinedAt": "1795563121",
            "joinedAtMs": "1795563121015",
            "tracks": [{"sid": "TR_1", "source": "MICROPHONE"}],
        },
    }
    return json.dumps(body | fields).encode()
