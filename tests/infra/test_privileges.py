"""Each role may do what its code does, on the very thing, and not one action more."""

from __future__ import annotations

import pytest

from tests.infra.templates import Stage

_TABLE = "DatabaseTable"
_EVERY_DOOR = {
    "dynamodb:DeleteItem": {_TABLE},
    "dynamodb:GetItem": {_TABLE},
    "dynamodb:PutItem": {_TABLE},
    "dynamodb:Query": {_TABLE, f"{_TABLE}/index/by_created", f"{_TABLE}/index/by_status"},
    "dynamodb:UpdateItem": {_TABLE},
    "secretsmanager:GetSecretValue": {"CredentialsLiveKit", "CredentialsLink"},
    "sns:Publish": {"NotificationsTopic", "not arn:*:sns:*:*:*"},
    "sqs:SendMessage": {"TimersQueue", "DeadLettersQueue"},
    # X-Ray knows no resource for a trace.
    "xray:PutTelemetryRecords": {"*"},
    "xray:PutTraceSegments": {"*"},
}
# SNS knows no resource for these.
_QUESTIONS = {"sns:CheckIfPhoneNumberIsOptedOut": {"*"}, "sns:GetSubscriptionAttributes": {"*"}}
_BEHIND_THE_EDGE = {*_EVERY_DOOR["secretsmanager:GetSecretValue"], "CredentialsOrigin"}


def _logs(door: str) -> dict[str, set[str]]:
    return {f"logs:{action}": {f"Api{door}DoorLogs"} for action in ("CreateLogStream", "PutLogEvents")}


def test_the_api_also_keeps_subscriptions_and_knows_its_callers_keys(stage: Stage) -> None:
    own = {
        "sns:Subscribe": {"NotificationsTopic"},
        **_QUESTIONS,
        "sns:Unsubscribe": {"*"},
        "secretsmanager:GetSecretValue": {
            *_BEHIND_THE_EDGE,
            "CredentialsWorkerKey",
            "CredentialsAdminKey",
        },
    }

    assert stage.allowed("ApiApiDoorRole") == _EVERY_DOOR | _logs("Api") | own


def test_the_gate_knows_the_edges_key_and_nothing_else(stage: Stage) -> None:
    own = {
        "secretsmanager:GetSecretValue": {"CredentialsOrigin"},
        "sqs:SendMessage": {"DeadLettersQueue"},
        "xray:PutTelemetryRecords": {"*"},
        "xray:PutTraceSegments": {"*"},
    }

    assert stage.allowed("ApiGateDoorRole") == _logs("Gate") | own


def test_the_webhooks_door_knows_no_caller_key_and_no_subscription(stage: Stage) -> None:
    own = {"secretsmanager:GetSecretValue": _BEHIND_THE_EDGE}

    assert stage.allowed("ApiWebhooksDoorRole") == _EVERY_DOOR | _logs("Webhooks") | own


def test_the_timers_door_may_also_take_from_its_queue(stage: Stage) -> None:
    taking = (
        "ReceiveMessage",
        "DeleteMessage",
        "ChangeMessageVisibility",
        "GetQueueAttributes",
        "GetQueueUrl",
    )
    own = {f"sqs:{action}": {"TimersQueue"} for action in taking} | _QUESTIONS

    assert stage.allowed("ApiTimersDoorRole") == _EVERY_DOOR | _logs("Timers") | own


def test_the_worker_itself_may_only_keep_its_task_from_being_stopped(stage: Stage) -> None:
    assert stage.allowed("AgentTaskTaskRole") == {"ecs:UpdateTaskProtection": {"AgentCluster"}}


def test_the_workers_starter_reads_three_secrets_and_one_image(stage: Stage) -> None:
    rights = stage.allowed("AgentTaskExecutionRole")

    assert rights["secretsmanager:GetSecretValue"] == {
        "CredentialsLiveKit",
        "CredentialsProviders",
        "CredentialsWorkerKey",
    }
    assert {action for action, on in rights.items() if "*" in on} == {"ecr:GetAuthorizationToken"}
    assert all(on.startswith("AgentSettings") for on in rights["ssm:GetParameters"])
    assert rights["ecr:BatchGetImage"] == {"cdk-hnb659fds-container-assets-"}


def test_no_role_has_a_managed_policy(stage: Stage) -> None:
    for role in stage.resources("AWS::IAM::Role").values():
        assert "ManagedPolicyArns" not in role["Properties"]


@pytest.mark.parametrize("type_", ["AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"])
def test_queues_and_topic_refuse_plain_text(stage: Stage, type_: str) -> None:
    policies = stage.resources(type_).values()

    assert policies
    for policy in policies:
        denied = [s for s in policy["Properties"]["PolicyDocument"]["Statement"] if s["Effect"] == "Deny"]
        assert denied[0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
