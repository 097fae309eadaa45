"""Reads a stage and its settings from the CDK context."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AGENT_NAME = "handoff-agent"
_CLOUD_PYTHON = "3.13"

ReadContext = Callable[[str], str | None]


class Stage(StrEnum):
    LAPTOP = "laptop"
    DEV = "dev"
    PROD = "prod"


class ContextError(Exception):
    def __init__(self, *, name: str, value: str, wanted: str) -> None:
        super().__init__(f"context {name}={value!r} is not usable: wanted {wanted}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The machine that a function's bundle is built for."""

    python: str
    machine: str
    system: str = "Linux"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    stage: Stage
    target: Target
    public_url: str | None
    openai_base_url: str | None
    deepgram_base_url: str | None
    workers: int
    nat_gateways: int
    keeps_data: bool
    log_days: int
    load_threshold: str
    webhooks_concurrency: int | None
    time_factor: str | None

    @property
    def on_laptop(self) -> bool:
        return self.stage is Stage.LAPTOP


@dataclass(frozen=True, slots=True, kw_only=True)
class _Defaults:
    workers: int
    nat_gateways: int
    keeps_data: bool
    log_days: int
    load_threshold: str
    # Only prod reserves: an account that never asked for more than its first ten executions cannot.
    webhooks_concurrency: int


_DEFAULTS = {
    # A laptop runs recognition, synthesis and worker on two cores: its load says nothing about calls.
    Stage.LAPTOP: _Defaults(
        workers=1,
        nat_gateways=0,
        keeps_data=False,
        log_days=30,
        load_threshold="inf",
        webhooks_concurrency=0,
    ),
    Stage.DEV: _Defaults(
        workers=1,
        nat_gateways=1,
        keeps_data=False,
        log_days=30,
        load_threshold="0.7",
        webhooks_concurrency=0,
    ),
    Stage.PROD: _Defaults(
        workers=2,
        nat_gateways=2,
        keeps_data=True,
        log_days=365,
        load_threshold="0.7",
        webhooks_concurrency=20,
    ),
}


def load_config(read: ReadContext) -> Config:
    stage = _read_stage(read)
    defaults = _DEFAULTS[stage]
    return Config(
        stage=stage,
        target=_read_target(read, stage),
        public_url=_read_url(read, "public_url"),
        openai_base_url=_read_url(read, "openai_base_url"),
        deepgram_base_url=_read_url(read, "deepgram_base_url"),
        workers=_read_count(read, "workers", defaults.workers),
        nat_gateways=defaults.nat_gateways,
        keeps_data=defaults.keeps_data,
        log_days=defaults.log_days,
        load_threshold=defaults.load_threshold,
        webhooks_concurrency=_read_count(read, "webhooks_concurrency", defaults.webhooks_concurrency) or None,
        time_factor=_read_factor(read, stage),
    )


def _read_stage(read: ReadContext) -> Stage:
    name = read("stage") or Stage.DEV
    try:
        return Stage(name)
    except ValueError as error:
        raise ContextError(name="stage", value=name, wanted="laptop, dev or prod") from error


def _read_target(read: ReadContext, stage: Stage) -> Target:
    if stage is not Stage.LAPTOP:
        return Target(python=_CLOUD_PYTHON, machine="arm64")
    machine = "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64"
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Target(python=read("python") or here, machine=machine, system=platform.system())


def _read_url(read: ReadContext, name: str) -> str | None:
    url = read(name)
    if url and not url.startswith(("http://", "https://")):
        raise ContextError(name=name, value=url, wanted="an http(s) URL")
    return url.rstrip("/") if url else None


def _read_factor(read: ReadContext, stage: Stage) -> str | None:
    """As it was written: the API reads it. Nobody in the cloud is waited for shorter than people need."""
    value = read("time_factor")
    if value and stage is not Stage.LAPTOP:
        raise ContextError(name="time_factor", value=value, wanted="none outside the laptop")
    return value or None


def _read_count(read: ReadContext, name: str, default: int) -> int:
    value = read(name)
    if value is None:
        return default
    if not value.isdecimal():
        raise ContextError(name=name, value=value, wanted="a whole number")
    return int(value)
