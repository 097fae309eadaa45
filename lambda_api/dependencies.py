"""Wires the domain's ports to AWS and LiveKit; everything is made once, when it is first needed."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache

from msgspec import Struct

from lambda_api.adapters.dynamodb import DynamoStore
from lambda_api.adapters.dynamodb_api_keys import DynamoApiKeys
from lambda_api.adapters.hooks import HttpHooks
from lambda_api.adapters.livekit import LiveKitRooms
from lambda_api.adapters.livekit_client import LiveKitClient
from lambda_api.adapters.sns import SmsTerms, SnsNotifier
from lambda_api.adapters.sqs import SqsTimers
from lambda_api.adapters.tokens import TokenMinter
from lambda_api.adapters.web_build import WebBuild, read_build
from lambda_api.adapters.xray import XRay
from lambda_api.aws.client import Client, client
from lambda_api.config.api_keys import ApiKeys
from lambda_api.config.livekit_source import LiveKitSource
from lambda_api.config.secrets import Secrets
from lambda_api.config.settings import Settings, read_settings, refuse_missing
from lambda_api.escalations.codes import DerivedCodes
from lambda_api.escalations.policy import Policy
from lambda_api.escalations.ports import Ports
from lambda_api.escalations.tracing import untraced


class Wiring(Struct, frozen=True, kw_only=True):
    """Everything that a door or a route asks for."""

    settings: Settings
    secrets: Secrets
    livekit: LiveKitSource
    minter: TokenMinter
    ports: Ports
    api_keys: ApiKeys
    web: WebBuild


@cache
def wiring() -> Wiring:
    settings = read_settings(os.environ)
    refuse_missing(settings)
    secrets = Secrets(client=client("secretsmanager"))
    livekit = LiveKitSource(
        secrets=secrets,
        secret_arn=settings.livekit_secret_arn,
        overrides=settings.livekit_overrides,
        deployed=settings.deployed,
    )
    return Wiring(
        settings=settings,
        secrets=secrets,
        livekit=livekit,
        minter=TokenMinter(keys=livekit.keys, now=_now),
        ports=_ports(settings, secrets, livekit),
        api_keys=DynamoApiKeys(client=_dynamodb(), table_name=settings.table),
        web=read_build(),
    )


def _ports(settings: Settings, secrets: Secrets, livekit: LiveKitSource) -> Ports:
    policy = Policy(
        public_url=settings.public_url,
        stage=settings.stage,
        answer_seconds=settings.answer_seconds,
        sms_an_hour=settings.sms.an_hour,
        loopback_hooks=not settings.deployed,
    ).scaled(settings.time_factor)
    rooms = LiveKitClient(keys=livekit.keys)
    return Ports(
        store=DynamoStore(client=_dynamodb(), table_name=settings.table, policy=policy),
        notifier=_notifier(settings),
        timers=SqsTimers(client=client("sqs"), queue_url=settings.timers_queue_url),
        rooms=LiveKitRooms(client=rooms, agent_name=settings.agent_name),
        clock=_now,
        codes=DerivedCodes(lambda: secrets.current(settings.link_secret_arn).encode()),
        hooks=HttpHooks(allow_loopback=policy.loopback_hooks),
        policy=policy,
        traced=XRay(daemon=settings.xray_daemon) if settings.xray_daemon else untraced,
    )


def _notifier(settings: Settings) -> SnsNotifier:
    sms = settings.sms
    terms = SmsTerms(
        max_price_usd=sms.max_price_usd, sender_id=sms.sender_id, origination_number=sms.origination_number
    )
    return SnsNotifier(client=client("sns"), topic_arn=settings.topic_arn, terms=terms)


@cache
def _dynamodb() -> Client:
    return client("dynamodb")


def _now() -> datetime:
    return datetime.now(UTC)
