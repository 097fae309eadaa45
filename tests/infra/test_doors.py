"""The functions: what they start, what they know, what wakes them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lambda_api.config.settings import read_settings
from tests.infra.templates import Stage

DOORS = ("gate", "api", "webhooks", "timers")
ENVIRONMENT = {
    "HANDOFF_STAGE",
    "HANDOFF_TABLE",
    "HANDOFF_TOPIC_ARN",
    "HANDOFF_TIMERS_QUEUE_URL",
    "HANDOFF_PUBLIC_URL",
    "HANDOFF_AGENT_NAME",
    "HANDOFF_LIVEKIT_SECRET_ARN",
    "HANDOFF_LINK_SECRET_ARN",
    "HANDOFF_ORIGIN_SECRET_ARN",
    "HANDOFF_ANSWER_SECONDS",
    "HANDOFF_SMS_AN_HOUR",
    "HANDOFF_SMS_MAX_PRICE_USD",
    "HANDOFF_SERVICE_KEYS",
}


def test_there_is_a_function_for_each_door_and_no_other(stage: Stage) -> None:
    assert len(stage.resources("AWS::Lambda::Function")) == len(DOORS)


@pytest.mark.parametrize("name", DOORS)
def test_a_function_opens_its_own_door(stage: Stage, name: str) -> None:
    assert stage.door(name)["Handler"] == f"lambda_api.doors.{name}.handler"


@pytest.mark.parametrize("name", DOORS)
def test_a_function_is_told_what_the_settings_read_and_nothing_else(stage: Stage, name: str) -> None:
    shortened = {"HANDOFF_TIME_FACTOR", "HANDOFF_ACTIONS_LOG"} if stage.name == "laptop" else set()

    assert set(stage.door(name)["Environment"]["Variables"]) == ENVIRONMENT | shortened


@pytest.mark.parametrize("name", DOORS)
def test_a_function_of_the_cloud_starts_with_what_it_is_told(dev: Stage, prod: Stage, name: str) -> None:
    for stage in (dev, prod):
        told = stage.door(name)["Environment"]["Variables"]
        keys = _joined(told["HANDOFF_SERVICE_KEYS"])
        known = {key: value if isinstance(value, str) else "https://later" for key, value in told.items()}

        settings = read_settings(known | {"HANDOFF_SERVICE_KEYS": keys})

        assert (settings.stage, settings.deployed) == (stage.name, True)
        assert {key.name for key in settings.service_keys} >= {"worker", "admin"}


def test_the_functions_share_one_asset(stage: Stage) -> None:
    assert len({json.dumps(stage.door(name)["Code"]) for name in DOORS}) == 1


@pytest.mark.parametrize("name", DOORS)
def test_the_cloud_runs_on_graviton_and_the_newest_python(dev: Stage, name: str) -> None:
    door = dev.door(name)

    assert (door["Runtime"], door["Architectures"]) == ("python3.14", ["arm64"])


def test_service_keys_name_their_secret_and_scopes(stage: Stage) -> None:
    keys = json.loads(_joined(stage.door("api")["Environment"]["Variables"]["HANDOFF_SERVICE_KEYS"]))

    assert keys["worker"]["scopes"] == ["escalations:write", "escalations:read"]
    assert set(keys["admin"]["scopes"]) == {
        "escalations:write",
        "escalations:read",
        "join_urls:write",
        "human_agents:write",
        "human_agents:read",
        "api_keys:write",
    }
    assert keys["worker"]["secret_arn"] != keys["admin"]["secret_arn"]


@pytest.mark.parametrize("name", DOORS)
def test_a_function_writes_its_own_log_group_which_ends(stage: Stage, name: str) -> None:
    group = stage.door(name)["LoggingConfig"]["LogGroup"]["Ref"]

    assert f"Api{name.capitalize()}DoorLogs" in group
    assert stage.template["Resources"][group]["Properties"]["RetentionInDays"] in {30, 365}


def test_a_failed_look_is_retried_alone_and_at_last_kept(stage: Stage) -> None:
    source = stage.one("AWS::Lambda::EventSourceMapping")
    queue = stage.one("AWS::SQS::Queue", "TimersQueue")

    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert "ApiTimersDoorFunction" in source["FunctionName"]["Ref"]
    assert queue["RedrivePolicy"]["maxReceiveCount"] == 5


def test_a_look_is_hidden_for_six_times_as_long_as_it_may_take(stage: Stage) -> None:
    queue = stage.one("AWS::SQS::Queue", "TimersQueue")

    assert queue["VisibilityTimeout"] >= 6 * stage.door("timers")["Timeout"]


def test_the_sweep_runs_every_minute(stage: Stage) -> None:
    rule = stage.one("AWS::Events::Rule")

    assert rule["ScheduleExpression"] == "rate(1 minute)"
    assert "ApiTimersDoorFunction" in rule["Targets"][0]["Arn"]["Fn::GetAtt"][0]


def test_only_prod_reserves_executions_for_webhooks(dev: Stage, prod: Stage) -> None:
    assert "ReservedConcurrentExecutions" not in dev.door("webhooks")
    assert prod.door("webhooks")["ReservedConcurrentExecutions"] == 20
    assert "ReservedConcurrentExecutions" not in prod.door("api")


@pytest.mark.parametrize("name", DOORS)
def test_what_a_function_could_not_do_is_kept(stage: Stage, name: str) -> None:
    assert "DeadLettersQueue" in json.dumps(stage.door(name)["DeadLetterConfig"])
    assert stage.door(name)["TracingConfig"] == {"Mode": "Active"}


def test_a_sweep_that_could_not_start_is_kept(stage: Stage) -> None:
    (target,) = stage.one("AWS::Events::Rule")["Targets"]

    assert "DeadLettersQueue" in json.dumps(target["DeadLetterConfig"])


@pytest.mark.parametrize("name", ["gate", "api", "webhooks"])
def test_prod_has_the_doors_started_that_are_waited_for(prod: Stage, dev: Stage, name: str) -> None:
    assert prod.door(name)["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert "SnapStart" not in dev.door(name)
    assert any(name.capitalize() in alias for alias in prod.resources("AWS::Lambda::Alias"))
    assert not dev.resources("AWS::Lambda::Alias")


def test_the_routes_of_prod_lead_to_what_was_started(prod: Stage) -> None:
    aimed = [
        json.dumps(i["Properties"]["IntegrationUri"])
        for i in prod.resources("AWS::ApiGatewayV2::Integration").values()
    ]

    assert len(aimed) == 2
    assert all("DoorReady" in target for target in aimed)


def _joined(value: Any) -> str:
    return "".join(part if isinstance(part, str) else part["Ref"] for part in value["Fn::Join"][1])
