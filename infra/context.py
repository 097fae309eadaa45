"""Reads a stage's configuration from the CDK context, and refuses what makes no sense."""

from __future__ import annotations

import platform
import sys

from infra.config import CALLS_PER_WORKER, CLOUD_PYTHON, DEFAULTS, Config, Stage, Target
from infra.context_error import ContextError, ReadContext
from infra.worker_context import read_worker_settings

_SWITCH = {"on": True, "off": False}


def load_config(read: ReadContext) -> Config:
    stage = _read_stage(read)
    defaults = DEFAULTS[stage]
    config = Config(
        stage=stage,
        target=_read_target(read, stage),
        public_url=_read_url(read, "public_url"),
        domain=read("domain") or None,
        certificate_arn=_read_arn(read, "certificate_arn", "arn:aws:acm:us-east-1:"),
        web_acl_arn=_read_arn(read, "web_acl_arn", "arn:aws:wafv2:us-east-1:"),
        origin_key=_read_count(read, "origin_key", 1),
        openai_base_url=_read_url(read, "openai_base_url"),
        deepgram_base_url=_read_url(read, "deepgram_base_url"),
        workers=_read_count(read, "workers", defaults.workers),
        most_workers=_read_count(read, "most_workers", defaults.most_workers),
        calls_per_worker=_read_count(read, "calls_per_worker", CALLS_PER_WORKER),
        nat_gateways=defaults.nat_gateways,
        keeps_data=defaults.keeps_data,
        log_days=defaults.log_days,
        load_threshold=defaults.load_threshold,
        webhooks_concurrency=_read_count(read, "webhooks_concurrency", defaults.webhooks_concurrency) or None,
        snapstart=_read_switch(read, "snapstart", default=defaults.snapstart),
        provisioned=_read_count(read, "provisioned", 0),
        waf=_read_switch(read, "waf", default=defaults.waf),
        waf_lists=_read_switch(read, "waf_lists", default=defaults.waf_lists),
        customer_key=_read_switch(read, "customer_key", default=defaults.customer_key),
        tracing=_read_switch(read, "tracing", default=True),
        answer_seconds=_read_count(read, "answer_seconds", defaults.answer_seconds),
        fire_drill=_read_switch(read, "fire_drill", default=False),
        alarm_email=_read_address(read, "alarm_email"),
        sms_budget_usd=_read_count(read, "sms_budget_usd", defaults.sms_budget_usd),
        sms_an_hour=_read_count(read, "sms_an_hour", defaults.sms_an_hour),
        sms_max_price_usd=read("sms_max_price_usd") or "0.50",
        sms_sender_id=read("sms_sender_id") or None,
        sms_origination_number=read("sms_origination_number") or None,
        time_factor=_read_of_laptop(read, stage, "time_factor"),
        actions_log=_read_of_laptop(read, stage, "actions_log"),
        worker_settings=read_worker_settings(read),
    )
    _refuse_halves(config)
    return config


def _refuse_halves(config: Config) -> None:
    if (config.domain is None) != (config.certificate_arn is None):
        raise ContextError(
            name="domain", value=config.domain, wanted="it with its certificate_arn, or neither"
        )
    if config.most_workers < config.workers:
        raise ContextError(
            name="most_workers", value=str(config.most_workers), wanted=f"{config.workers} or more"
        )
    if config.snapstart and config.provisioned:
        raise ContextError(
            name="provisioned",
            value=str(config.provisioned),
            wanted="snapstart=off: AWS starts a version one way",
        )


def _read_stage(read: ReadContext) -> Stage:
    name = read("stage") or Stage.DEV
    try:
        return Stage(name)
    except ValueError as error:
        raise ContextError(name="stage", value=name, wanted="laptop, dev or prod") from error


def _read_target(read: ReadContext, stage: Stage) -> Target:
    if stage is not Stage.LAPTOP:
        return Target(python=CLOUD_PYTHON, machine="arm64")
    machine = "arm64" if platform.machine() in {"arm64", "aarch64"} else "x86_64"
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Target(python=read("python") or here, machine=machine, system=platform.system())


def _read_url(read: ReadContext, name: str) -> str | None:
    url = read(name)
    if url and not url.startswith(("http://", "https://")):
        raise ContextError(name=name, value=url, wanted="an http(s) URL")
    return url.rstrip("/") if url else None


def _read_arn(read: ReadContext, name: str, beginning: str) -> str | None:
    """CloudFront takes certificates and access lists of one region only, whatever the stack's own is."""
    arn = read(name)
    if arn and not arn.startswith(beginning):
        raise ContextError(name=name, value=arn, wanted=f"{beginning}…")
    return arn or None


def _read_address(read: ReadContext, name: str) -> str | None:
    address = read(name)
    if address and "@" not in address:
        raise ContextError(name=name, value=address, wanted="an e-mail address")
    return address or None


def _read_switch(read: ReadContext, name: str, *, default: bool) -> bool:
    value = read(name)
    if value is None:
        return default
    if value not in _SWITCH:
        raise ContextError(name=name, value=value, wanted="on or off")
    return _SWITCH[value]


def _read_of_laptop(read: ReadContext, stage: Stage, name: str) -> str | None:
    """As it was written: the API reads it. In the cloud nobody is waited for shorter than people need."""
    value = read(name)
    if value and stage is not Stage.LAPTOP:
        raise ContextError(name=name, value=value, wanted="none outside the laptop")
    return value or None


def _read_count(read: ReadContext, name: str, default: int) -> int:
    value = read(name)
    if value is None:
        return default
    if not value.isdecimal():
        raise ContextError(name=name, value=value, wanted="a whole number")
    return int(value)
