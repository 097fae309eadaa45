"""What is watched, and from when on somebody is told; docs/operations.md says by the same name what to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

NAMESPACE = "Handoff"
_ABOVE = cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
_BELOW = cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Told when the figure reaches `limit` in each of `periods` of `minutes`."""

    name: str
    says: str
    metric: cloudwatch.IMetric
    limit: float
    periods: int = 1
    below: bool = False

    @property
    def comparison(self) -> cloudwatch.ComparisonOperator:
        return _BELOW if self.below else _ABOVE


@dataclass(frozen=True, slots=True)
class Figures:
    """The product's own figures, as API and worker write them into their logs, of one stage."""

    stage: str
    minutes: int = field(default=5)

    def count(self, name: str) -> cloudwatch.Metric:
        return self._metric(name, "Sum")

    def most(self, name: str) -> cloudwatch.Metric:
        return self._metric(name, "Maximum")

    def slowest(self, name: str) -> cloudwatch.Metric:
        return self._metric(name, "p95")

    def _metric(self, name: str, statistic: str) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace=NAMESPACE,
            metric_name=name,
            dimensions_map={"stage": self.stage},
            statistic=statistic,
            period=Duration.minutes(self.minutes),
        )


def product_watches(stage: str) -> list[Watch]:
    own = Figures(stage)
    return [
        Watch(name="Unanswered", says="Nobody answered", metric=own.count("unanswered"), limit=1),
        Watch(
            name="NotificationFailed",
            says="An SMS or an e-mail was not taken by SNS",
            metric=own.count("notification_failed"),
            limit=3,
        ),
        Watch(
            name="SmsCapped",
            says="An SMS was not sent because the hour's cap is reached",
            metric=own.count("sms_capped"),
            limit=1,
        ),
        Watch(
            name="DrillUnreached",
            says="A drill did not reach somebody who is on duty",
            metric=own.count("drill_unreached"),
            limit=1,
        ),
        Watch(
            name="AiStayed",
            says="The AI had to be removed from a human's call",
            metric=own.count("ai_stayed"),
            limit=1,
        ),
        Watch(name="CallsCut", says="A worker ended within calls", metric=own.count("calls_cut"), limit=1),
    ]
