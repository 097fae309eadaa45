"""Log groups that end when the stage says so."""

from __future__ import annotations

from aws_cdk import RemovalPolicy
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.config import Config

_RETENTION = {
    30: logs.RetentionDays.ONE_MONTH,
    365: logs.RetentionDays.ONE_YEAR,
}


def make_log_group(scope: Construct, *, config: Config) -> logs.LogGroup:
    return logs.LogGroup(
        scope,
        "Logs",
        retention=_RETENTION[config.log_days],
        removal_policy=RemovalPolicy.RETAIN if config.keeps_data else RemovalPolicy.DESTROY,
    )
