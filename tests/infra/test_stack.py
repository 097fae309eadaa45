"""What the stack keeps, tells and exposes, and that each synthesis says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from infra.context import load_config
from infra.context_error import ContextError
from local.operator.fields import LIVEKIT, PROVIDERS
from local.operator.own_keys import OWN_KEYS
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
# A task's own name, a subscription, a number and a trace cannot be named; Lambda knows no failure destination
# for a queue; and a queue of dead letters is the last one.
_ACKNOWLEDGED = {
    "AwsSolutions-IAM5",
    "Serverless-LambdaEventSourceMappingDestination",
    "Serverless-SQSRedrivePolicy",
}
# Without a domain of one's own nobody can choose how old a TLS CloudFront takes.
_WITHOUT_DOMAIN = {"laptop", "dev"}


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
    for stage, policy in ((prod, "Retain"), (dev, "Delete")):
        (table,) = stage.resources("AWS::DynamoDB::Table").values()
        assert table["DeletionPolicy"] == policy


def test_no_stack_makes_or_ends_a_secret(stage: Stage) -> None:
    assert not stage.resources("AWS::SecretsManager::Secret")


def test_the_secrets_are_looked_up_where_the_operator_has_made_them(stage: Stage) -> None:
    asked = {LIVEKIT.name, PROVIDERS.name, *OWN_KEYS}
    places = {
        p["Default"] for id_, p in stage.template["Parameters"].items() if id_.startswith("Credentials")
    }

    assert places == {f"/handoff/{stage.name}/from-make-secrets/{name}" for name in asked}


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
    nameless = {"AwsSolutions-CFR4"} if stage.name in _WITHOUT_DOMAIN else set()
    for report in stage.findings:
        assert report["violations"] == [], report
    assert _rules(stage) == _ACKNOWLEDGED | nameless


def test_no_more_than_four_rules_are_answered_with_words_in_all_stages_together(
    laptop: Stage, dev: Stage, prod: Stage
) -> None:
    assert len(_rules(laptop) | _rules(dev) | _rules(prod)) <= 4


def test_whatever_is_answered_with_words_has_its_reason(stage: Stage) -> None:
    """Reports of the packs themselves: each rule that is passed over, with what was said for it."""
    for silenced in (s for report in stage.findings for s in report["suppressedViolations"]):
        assert len(silenced["reason"].split()) >= 5


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


def _rules(stage: Stage) -> set[str]:
    return {rule.partition("[")[0] for rule in _silenced(stage)}


def _silenced(stage: Stage) -> set[str]:
    return {s["ruleName"] for report in stage.findings for s in report["suppressedViolations"]}


def _keys(item: Json) -> list[str]:
    return [key["AttributeName"] for key in item["KeySchema"]]
