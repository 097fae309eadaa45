"""What the stack keeps, tells and exposes, and that each synthesis says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.context import load_config
from infra.context_error import ContextError
from tests.infra.templates import Json, Stage, synthesize

OUTPUTS = {
    "ApiUrl",
    "DashboardUrl",
    "WebhookUrl",
    "ApiId",
    "TableName",
    "TopicArn",
    "TimersQueueUrl",
    "LiveKitSecretArn",
    "ProvidersSecretArn",
    "WorkerKeySecretArn",
    "AdminKeySecretArn",
    "LinkSecretArn",
    "OriginSecretArn",
    "ClusterName",
    "ServiceName",
    "TaskDefinitionArn",
}
# A task's own name, a subscription, a number and a trace cannot be named; a console's keys cannot be rotated
# from here; Lambda knows no failure destination for a queue; and a queue of dead letters is the last one.
_ACKNOWLEDGED = {
    "AwsSolutions-IAM5",
    "AwsSolutions-SMG4",
    "Serverless-LambdaEventSourceMappingDestination",
    "Serverless-SQSRedrivePolicy",
}
# What a stage goes without: a domain of its own.
_SWITCHED_OFF = {"prod": set(), "dev": {"AwsSolutions-CFR4"}, "laptop": {"AwsSolutions-CFR4"}}


def test_the_outputs_are_those_that_others_read(stage: Stage) -> None:
    assert set(stage.template["Outputs"]) == OUTPUTS


def test_the_table_has_the_keys_indexes_and_expiry_of_the_store(stage: Stage) -> None:
    table = stage.one("AWS::DynamoDB::Table")

    assert _keys(table) == ["pk", "sk"]
    assert {i["IndexName"]: _keys(i) for i in table["GlobalSecondaryIndexes"]} == {
        "by_status": ["status_key", "created_at"],
        "by_created": ["list_key", "created_at"],
    }
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_prod_keeps_what_callers_and_operators_gave_it(prod: Stage, dev: Stage) -> None:
    for type_ in ("AWS::DynamoDB::Table", "AWS::SecretsManager::Secret"):
        assert {r["DeletionPolicy"] for r in prod.resources(type_).values()} == {"Retain"}
        assert {r["DeletionPolicy"] for r in dev.resources(type_).values()} == {"Delete"}


def test_own_keys_are_long_and_survive_any_shell(stage: Stage) -> None:
    for name in ("Link", "Origin", "WorkerKey", "AdminKey"):
        made = stage.one("AWS::SecretsManager::Secret", f"Credentials{name}")["GenerateSecretString"]
        assert made["PasswordLength"] >= 43
        assert made["ExcludePunctuation"] is True


def test_secrets_of_others_start_empty(stage: Stage) -> None:
    for name in ("LiveKit", "Providers"):
        secret = stage.one("AWS::SecretsManager::Secret", f"Credentials{name}")["SecretString"]
        assert re.fullmatch(r'\{("[a-z_]+":"",?)+\}', secret)


def test_webhooks_and_services_have_routes_and_limits_of_their_own(stage: Stage) -> None:
    routes = {
        route["Properties"]["RouteKey"] for route in stage.resources("AWS::ApiGatewayV2::Route").values()
    }
    limits = stage.one("AWS::ApiGatewayV2::Stage")["RouteSettings"]

    assert routes == {"$default", "ANY /v1/{proxy+}", "POST /webhooks/livekit"}
    assert set(limits) == routes - {"$default"}


def test_the_access_log_cannot_hold_the_code_of_a_join_link(stage: Stage) -> None:
    line = stage.one("AWS::ApiGatewayV2::Stage")["AccessLogSettings"]["Format"]

    assert "$context.routeKey" in line
    assert not re.search(r"path|protocol|authorizer|identity", line)


def test_the_security_rules_find_nothing_but_what_is_explained(stage: Stage) -> None:
    explained = _ACKNOWLEDGED | _SWITCHED_OFF[stage.name]
    for report in stage.findings:
        assert report["violations"] == [], report
    assert {rule.partition("[")[0] for rule in _silenced(stage)} == explained


def test_no_more_than_four_rules_are_answered_with_words(stage: Stage) -> None:
    """What a stage goes without aside: with a domain it is those four."""
    answered = {rule.partition("[")[0] for rule in _silenced(stage)} - _SWITCHED_OFF[stage.name]

    assert len(answered) <= 4


def test_what_is_allowed_on_more_than_one_thing_is_named(stage: Stage) -> None:
    wide = {rule.partition("[")[2] for rule in _silenced(stage) if "IAM5" in rule}

    # A task protects itself, and which it will be nobody knows before it runs.
    assert {re.sub("<.*>", "…", resource) for resource in wide} == {"Resource::*]", "Resource::arn:…/*]"}


def test_two_syntheses_are_the_same_to_the_byte(dev: Stage, tmp_path: Path) -> None:
    assert synthesize("dev", tmp_path).template == dev.template


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stage", "production"),
        ("public_url", "127.0.0.1:80"),
        ("workers", "-1"),
        ("workers", "two"),
        ("time_factor", "0.25"),
        ("actions_log", "actions.log"),
        ("waf", "true"),
        ("domain", "handoff.example"),
        ("certificate_arn", "arn:aws:acm:eu-central-1:000000000000:certificate/x"),
    ],
)
def test_a_context_that_makes_no_sense_is_refused(name: str, value: str) -> None:
    with pytest.raises(ContextError, match=name):
        load_config({name: value}.get)


def test_a_version_is_started_one_way(prod: Stage) -> None:
    with pytest.raises(ContextError, match="provisioned"):
        load_config({"stage": prod.name, "provisioned": "2"}.get)


def test_a_first_deploy_may_wait_with_its_workers() -> None:
    assert load_config({"stage": "prod", "workers": "0"}.get).workers == 0


def _silenced(stage: Stage) -> set[str]:
    return {s["ruleName"] for report in stage.findings for s in report["suppressedViolations"]}


def _keys(item: Json) -> list[str]:
    return [key["AttributeName"] for key in item["KeySchema"]]
