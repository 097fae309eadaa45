"""What is watched of AWS's own figures: functions, queues, the HTTP API, workers, what SMS cost."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch

from infra.agent import AgentService
from infra.api import Api
from infra.config import Config
from infra.dead_letters import DeadLetters
from infra.timers import Timers
from infra.watches import Watch

_FIVE = Duration.minutes(5)


def system_watches(
    *, api: Api, agent: AgentService, timers: Timers, dead_letters: DeadLetters, config: Config
) -> list[Watch]:
    workers = _workers(agent) if config.workers else []
    return [*_doors(api), *_queues(timers, dead_letters), *workers, _spent(config)]


def _doors(api: Api) -> list[Watch]:
    webhooks = api.doors["webhooks"]
    return [
        *(
            Watch(
                name=f"{name.capitalize()}Fails",
                says=f"The {name} function ends in errors",
                metric=door.metric_errors(period=_FIVE),
                limit=3,
            )
            for name, door in api.doors.items()
        ),
        Watch(
            name="WebhooksThrottled",
            says="LiveKit's webhooks find no room",
            metric=webhooks.metric_throttles(period=_FIVE),
            limit=1,
        ),
        Watch(
            name="ServerErrors",
            says="The HTTP API answers with 5xx",
            metric=api.http.api.metric_server_error(period=_FIVE, statistic="Sum"),
            limit=5,
        ),
    ]


def _queues(timers: Timers, dead_letters: DeadLetters) -> list[Watch]:
    return [
        Watch(
            name="DeadLetters",
            says="Something failed for good and waits to be looked at",
            metric=dead_letters.queue.metric_approximate_number_of_messages_visible(period=_FIVE),
            limit=1,
        ),
        Watch(
            name="TimersLate",
            says="Looks at escalations come late",
            metric=timers.queue.metric_approximate_age_of_oldest_message(period=_FIVE),
            limit=60,
        ),
    ]


def _workers(agent: AgentService) -> list[Watch]:
    running = cloudwatch.Metric(
        namespace="ECS/ContainerInsights",
        metric_name="RunningTaskCount",
        dimensions_map={
            "ClusterName": agent.cluster.cluster_name,
            "ServiceName": agent.service.service_name,
        },
        statistic="Minimum",
        period=_FIVE,
    )
    return [
        Watch(
            name="NoWorker",
            says="No worker runs",
            metric=running,
            limit=1,
            below=True,
        ),
        # LiveKit's worker calls itself full at 0.7 of its processors.
        Watch(
            name="WorkersFull",
            says="The workers are nearly full, and calls will soon find none",
            metric=agent.service.metric_cpu_utilization(period=_FIVE),
            limit=65,
            periods=2,
        ),
    ]


def _spent(config: Config) -> Watch:
    spent = cloudwatch.Metric(
        namespace="AWS/SNS",
        metric_name="SMSMonthToDateSpentUSD",
        statistic="Maximum",
        period=Duration.hours(1),
    )
    return Watch(
        name="SmsSpend",
        says="SMS have cost what the month was meant to cost",
        metric=spent,
        limit=config.sms_budget_usd,
    )
