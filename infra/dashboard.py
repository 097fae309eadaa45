"""The one page that shows how it goes: calls, people, notifications, functions, workers."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.agent import AgentService
from infra.api import Api
from infra.config import Config
from infra.timers import Timers
from infra.watches import Figures

_FIVE = Duration.minutes(5)
_ENDS = ("completed", "handed_back", "unanswered", "abandoned", "released")
_TIMES = ("time_to_notify_ms", "time_to_claim_ms", "time_to_join_ms", "ai_left_ms")
_NOTICES = ("sms_sent", "email_sent", "notification_failed", "sms_capped")


def add_dashboard(
    scope: Construct,
    *,
    config: Config,
    api: Api,
    agent: AgentService,
    timers: Timers,
    alarms: Sequence[cloudwatch.IAlarm],
) -> str:
    """Add it and give its name."""
    own = Figures(config.stage.value)
    name = f"Handoff-{config.stage}"
    cloudwatch.Dashboard(
        scope,
        "Dashboard",
        dashboard_name=name,
        default_interval=Duration.hours(12),
        widgets=[
            [cloudwatch.AlarmStatusWidget(title="Alarms", width=24, alarms=list(alarms))],
            [
                _graph("How escalations end", [own.count(end) for end in _ENDS]),
                _graph("How long it takes, 95 of 100 (ms)", [own.slowest(time) for time in _TIMES]),
            ],
            [
                _graph("Notifications", [own.count(notice) for notice in _NOTICES]),
                _graph("Workers", [_processors(agent), own.most("active_calls"), own.count("calls_cut")]),
            ],
            [
                _graph("Functions: errors", [d.metric_errors(period=_FIVE) for d in api.doors.values()]),
                _graph("Functions: duration (ms)", [_duration(api, name) for name in api.doors]),
            ],
            [
                _graph("HTTP API", [_requests(api), api.http.api.metric_server_error(period=_FIVE)]),
                _graph("Looks: the oldest (s)", [timers.queue.metric_approximate_age_of_oldest_message()]),
            ],
        ],
    )
    return name


def _graph(title: str, metrics: Sequence[cloudwatch.IMetric]) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(title=title, width=12, left=list(metrics))


def _duration(api: Api, name: str) -> cloudwatch.Metric:
    return api.doors[name].metric_duration(period=_FIVE, statistic="p95")


def _processors(agent: AgentService) -> cloudwatch.Metric:
    return agent.service.metric_cpu_utilization(period=_FIVE)


def _requests(api: Api) -> cloudwatch.Metric:
    return api.http.api.metric_count(period=_FIVE)
