"""What a stage is made of: where laptop, dev and prod differ, and what an operator may set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AGENT_NAME = "handoff-agent"
# Of two processors; at twice as many a worker is about to say that it is full.
CALLS_PER_WORKER = 4
CLOUD_PYTHON = "3.14"


class Stage(StrEnum):
    LAPTOP = "laptop"
    DEV = "dev"
    PROD = "prod"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The machine that a function's bundle is built for."""

    python: str
    machine: str
    system: str = "Linux"


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What a stage decides; most of it an operator may set otherwise by context."""

    workers: int
    most_workers: int
    nat_gateways: int
    keeps_data: bool
    log_days: int
    load_threshold: str
    # Only prod reserves: an account that never asked for more than its first ten executions cannot.
    webhooks_concurrency: int
    # Started functions are kept ready, at a price for each hour.
    snapstart: bool
    waf: bool
    waf_lists: bool  # of known attackers and attacks, as AWS keeps them
    customer_key: bool
    answer_seconds: int
    sms_budget_usd: int  # a month; an alarm, while SNS's own limit stops
    sms_an_hour: int


DEFAULTS = {
    # A laptop runs recognition, synthesis and worker on two cores: its load says nothing about calls.
    Stage.LAPTOP: Defaults(
        workers=1,
        most_workers=1,
        nat_gateways=0,
        keeps_data=False,
        log_days=30,
        load_threshold="inf",
        webhooks_concurrency=0,
        snapstart=False,
        waf=True,
        waf_lists=False,
        customer_key=False,
        answer_seconds=45,
        sms_budget_usd=10,
        # Nobody pays, and two hundred rehearsed handoffs tell people four hundred times.
        sms_an_hour=10_000,
    ),
    # Whoever tries it out is alone, and waits for every tier.
    Stage.DEV: Defaults(
        workers=1,
        most_workers=4,
        nat_gateways=1,
        keeps_data=False,
        log_days=30,
        load_threshold="0.7",
        webhooks_concurrency=0,
        snapstart=False,
        waf=True,
        waf_lists=False,
        customer_key=False,
        answer_seconds=20,
        sms_budget_usd=10,
        sms_an_hour=200,
    ),
    Stage.PROD: Defaults(
        workers=2,
        most_workers=20,
        nat_gateways=2,
        keeps_data=True,
        log_days=365,
        load_threshold="0.7",
        webhooks_concurrency=20,
        snapstart=True,
        waf=True,
        waf_lists=True,
        customer_key=True,
        answer_seconds=45,
        sms_budget_usd=100,
        sms_an_hour=200,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A stage's defaults with what the context says otherwise."""

    stage: Stage
    target: Target
    public_url: str | None
    domain: str | None
    certificate_arn: str | None
    web_acl_arn: str | None
    origin_key: int
    openai_base_url: str | None
    deepgram_base_url: str | None
    workers: int
    most_workers: int
    calls_per_worker: int
    nat_gateways: int
    keeps_data: bool
    log_days: int
    load_threshold: str
    webhooks_concurrency: int | None
    snapstart: bool
    provisioned: int
    waf: bool
    waf_lists: bool
    customer_key: bool
    tracing: bool
    answer_seconds: int
    fire_drill: bool
    alarm_email: str | None
    sms_budget_usd: int
    sms_an_hour: int
    sms_max_price_usd: str
    sms_sender_id: str | None
    sms_origination_number: str | None
    time_factor: str | None
    actions_log: str | None
    worker_settings: Mapping[str, str]

    @property
    def on_laptop(self) -> bool:
        return self.stage is Stage.LAPTOP
