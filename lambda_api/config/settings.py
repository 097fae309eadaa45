"""Reads the settings from the environment and refuses half of them outside a laptop."""

import json
import math
from collections.abc import Mapping
from typing import Any, Literal, cast, get_args

from msgspec import Struct

from lambda_api.config.errors import ConfigError
from lambda_api.config.livekit_keys import overrides_from, refuse_defaults
from lambda_api.config.sms import SmsSettings, read_sms

Stage = Literal["laptop", "dev", "prod"]

_NAMES = {
    "table": "HANDOFF_TABLE",
    "topic_arn": "HANDOFF_TOPIC_ARN",
    "timers_queue_url": "HANDOFF_TIMERS_QUEUE_URL",
    "public_url": "HANDOFF_PUBLIC_URL",
    "agent_name": "HANDOFF_AGENT_NAME",
    "livekit_secret_arn": "HANDOFF_LIVEKIT_SECRET_ARN",
    "link_secret_arn": "HANDOFF_LINK_SECRET_ARN",
    "origin_secret_arn": "HANDOFF_ORIGIN_SECRET_ARN",
}
Scope = Literal[
    "escalations:write",
    "escalations:read",
    "join_urls:write",
    "human_agents:write",
    "human_agents:read",
    "api_keys:write",
]
SCOPES: frozenset[str] = frozenset(get_args(Scope))


class ServiceKey(Struct, frozen=True, kw_only=True):
    """Where a named caller's key is kept, and what it opens."""

    name: str
    secret_arn: str
    scopes: frozenset[str]


class Settings(Struct, frozen=True, kw_only=True):
    """Everything the API is told from outside; secrets only by where they are."""

    stage: Stage
    table: str
    topic_arn: str
    timers_queue_url: str
    public_url: str
    agent_name: str
    livekit_secret_arn: str
    link_secret_arn: str
    origin_secret_arn: str
    service_keys: tuple[ServiceKey, ...]
    livekit_overrides: Mapping[str, str]
    sms: SmsSettings
    time_factor: float = 1.0
    answer_seconds: float = 45.0
    actions_log: str = ""
    xray_daemon: str = ""

    @property
    def deployed(self) -> bool:
        return self.stage != "laptop"


def read_settings(environ: Mapping[str, str]) -> Settings:
    settings = Settings(
        stage=_stage(environ.get("HANDOFF_STAGE", "laptop")),
        service_keys=_service_keys(environ.get("HANDOFF_SERVICE_KEYS", "") or "{}"),
        livekit_overrides=overrides_from(environ),
        time_factor=_number(environ, "HANDOFF_TIME_FACTOR", default=1, most=1),
        answer_seconds=_number(environ, "HANDOFF_ANSWER_SECONDS", default=45, most=900),
        sms=read_sms(environ),
        actions_log=environ.get("HANDOFF_ACTIONS_LOG", ""),
        xray_daemon=environ.get("AWS_XRAY_DAEMON_ADDRESS", ""),
        **{field: environ.get(name, "").strip().rstrip("/") for field, name in _NAMES.items()},
    )
    if settings.deployed:
        _refuse_half_a_deployment(settings)
    return settings


def refuse_missing(settings: Settings) -> None:
    missing = [name for field, name in _NAMES.items() if not getattr(settings, field)]
    if {"url", "api_key", "api_secret"} <= settings.livekit_overrides.keys():
        missing = [name for name in missing if name != _NAMES["livekit_secret_arn"]]
    if not settings.service_keys:
        missing.append("HANDOFF_SERVICE_KEYS")
    if missing:
        raise ConfigError(f"not set: {', '.join(missing)}")


def _refuse_half_a_deployment(settings: Settings) -> None:
    refuse_missing(settings)
    if not settings.public_url.startswith("https://"):
        raise ConfigError("HANDOFF_PUBLIC_URL must be an https address outside a laptop")
    if settings.time_factor != 1:
        raise ConfigError("HANDOFF_TIME_FACTOR shortens what people are waited for: only on a laptop")
    if settings.actions_log:
        raise ConfigError("HANDOFF_ACTIONS_LOG is written on a laptop only")
    refuse_defaults(settings.livekit_overrides)


def _stage(text: str) -> Stage:
    if text not in get_args(Stage):
        raise ConfigError(f"HANDOFF_STAGE must be one of {', '.join(get_args(Stage))}")
    return cast("Stage", text)


def _number(environ: Mapping[str, str], name: str, *, default: float, most: float) -> float:
    try:
        number = float(environ.get(name, "").strip() or default)
    except ValueError:
        number = math.nan
    if not 0 < number <= most:
        raise ConfigError(f"{name} must be a number above 0 and at most {most:g}")
    return number


def _service_keys(text: str) -> tuple[ServiceKey, ...]:
    try:
        return tuple(_service_key(name, entry) for name, entry in json.loads(text).items())
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ConfigError("HANDOFF_SERVICE_KEYS is not the JSON that the stack writes") from error


def _service_key(name: str, entry: dict[str, Any]) -> ServiceKey:
    scopes = frozenset(entry["scopes"])
    if unknown := scopes - SCOPES:
        raise ConfigError(f"HANDOFF_SERVICE_KEYS gives {name} unknown scopes: {', '.join(sorted(unknown))}")
    return ServiceKey(name=name, secret_arn=str(entry["secret_arn"]), scopes=scopes)
