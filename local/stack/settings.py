"""What the person at the laptop has set: `.env.local` and the environment, the environment first."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from local.stack.errors import StackError

LIVEKIT_NAMES = ("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET")
PROVIDER_NAMES = ("OPENAI_API_KEY", "DEEPGRAM_API_KEY")
# What a person may set for the worker at the laptop, over what the deployed service says.
WORKER_OVERRIDES = (
    "HANDOFF_FAREWELL",
    "HANDOFF_EXIT_WAYS",
    "HANDOFF_IDLE_PROCESSES",
    "HANDOFF_LANGUAGE",
    "HANDOFF_LOG_FORMAT",
    "HANDOFF_STT_MODEL",
    "HANDOFF_LLM_MODEL",
    "HANDOFF_TTS_MODEL",
    "HANDOFF_TTS_VOICE",
    "HANDOFF_STT_FALLBACK",
    "HANDOFF_LLM_FALLBACK",
    "HANDOFF_TTS_FALLBACK",
    "HANDOFF_CONSENT",
    "HANDOFF_TRACING",
    "HANDOFF_HOLD_MUSIC",
    "HANDOFF_PRIVATE_BRIEFING",
    "HANDOFF_AVATAR",
    "HANDOFF_OTLP_ENDPOINT",
    "HANDOFF_MOMENT_AFTER",
    "HANDOFF_GIVE_UP_AFTER",
    "HANDOFF_FAILED_TURNS",
)


class HalfConfiguredError(StackError):
    def __init__(self, missing: list[str], *, present: list[str]) -> None:
        super().__init__(f"{', '.join(present)} is set but {', '.join(missing)} is not (.env.local)")


@dataclass(frozen=True, slots=True)
class LiveKitProject:
    """A LiveKit that is not ours to start: a Cloud project or a server elsewhere."""

    url: str
    ws_url: str
    api_key: str
    api_secret: str


@dataclass(frozen=True, slots=True)
class ProviderKeys:
    openai: str
    deepgram: str


@dataclass(frozen=True, slots=True)
class Settings:
    project: LiveKitProject | None
    keys: ProviderKeys | None
    public_url: str | None
    worker: Mapping[str, str]
    time_factor: str | None = None


def read(dotenv: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    written = {name: value for name, value in dotenv_values(dotenv).items() if value}
    values = {**written, **{name: value for name, value in environment.items() if value}}
    return Settings(
        project=_project(values),
        keys=_keys(values),
        public_url=values.get("HANDOFF_PUBLIC_URL"),
        worker={name: values[name] for name in WORKER_OVERRIDES if name in values},
        time_factor=values.get("HANDOFF_TIME_FACTOR"),
    )


def _project(values: Mapping[str, str]) -> LiveKitProject | None:
    if not _all_or_none(values, LIVEKIT_NAMES):
        return None
    url, key, secret = (values[name] for name in LIVEKIT_NAMES)
    return LiveKitProject(url=url, ws_url=values.get("LIVEKIT_WS_URL", url), api_key=key, api_secret=secret)


def _keys(values: Mapping[str, str]) -> ProviderKeys | None:
    if not _all_or_none(values, PROVIDER_NAMES):
        return None
    openai, deepgram = (values[name] for name in PROVIDER_NAMES)
    return ProviderKeys(openai=openai, deepgram=deepgram)


def _all_or_none(values: Mapping[str, str], names: tuple[str, ...]) -> bool:
    present = [name for name in names if name in values]
    missing = [name for name in names if name not in values]
    if present and missing:
        raise HalfConfiguredError(missing, present=present)
    return not missing
