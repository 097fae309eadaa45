"""Who is told what goes wrong: every alarm reaches somebody, and says where to read what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from infra.config import ROOT
from tests.infra.templates import Json, Stage, synthesize

_OWN = {"unanswered", "notification_failed", "sms_capped", "drill_unreached", "ai_stayed", "calls_cut"}
_RUNBOOK = (ROOT / "docs" / "operations.md").read_text()


def _alarms(stage: Stage) -> dict[str, Json]:
    found = stage.resources("AWS::CloudWatch::Alarm")
    return {name.removeprefix("Monitoring"): alarm["Properties"] for name, alarm in found.items()}


def test_every_alarm_has_its_line_in_the_runbook_and_every_line_its_alarm(stage: Stage) -> None:
    lines = [line for line in _RUNBOOK.splitlines() if line.startswith("| **")]
    told = {name for line in lines for name in re.findall(r"\*\*([A-Z]\w+)\*\*", line.split("|")[1])}

    assert told == set(_alarms(stage))


def test_an_alarm_names_its_line_and_reaches_the_topic(stage: Stage) -> None:
    for name, alarm in _alarms(stage).items():
        assert alarm["AlarmDescription"].endswith(f"docs/operations.md, under {name}")
        assert "MonitoringAlarms" in json.dumps(alarm["AlarmActions"])
        assert alarm["TreatMissingData"] == "notBreaching"


def test_the_products_own_figures_are_told_apart_by_stage(dev: Stage) -> None:
    own = [alarm for alarm in _alarms(dev).values() if alarm.get("Namespace") == "Handoff"]

    named = {alarm["MetricName"] for alarm in own}

    assert named == _OWN
    assert all(alarm["Dimensions"] == [{"Name": "stage", "Value": "dev"}] for alarm in own)


def test_cloudwatch_may_write_to_the_topic_of_alarms_and_only_this_accounts(stage: Stage) -> None:
    policy = stage.one("AWS::SNS::TopicPolicy", "MonitoringAlarms")["PolicyDocument"]["Statement"]
    (allowed,) = [statement for statement in policy if statement["Effect"] == "Allow"]

    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_the_dashboard_shows_every_alarm(stage: Stage) -> None:
    body = json.dumps(stage.one("AWS::CloudWatch::Dashboard")["DashboardBody"])

    assert body.count("Monitoring") >= len(_alarms(stage))
    assert "time_to_claim_ms" in body


@pytest.mark.parametrize("address", [None, "ops@example.com"])
def test_an_operator_may_be_told_by_email(address: str | None, tmp_path: Path) -> None:
    stage = synthesize("dev", tmp_path, **({"alarm_email": address} if address else {}))
    told = [s["Properties"]["Endpoint"] for s in stage.resources("AWS::SNS::Subscription").values()]

    assert told == ([address] if address else [])
    assert [v for report in stage.findings for v in report["violations"]] == []
