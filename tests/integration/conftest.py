"""A real embedded AWS for a session of tests, with a table, a topic and a queue of its own for each test."""

import json
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import boto3
import pytest

from lambda_api.adapters.dynamodb import DynamoStore
from lambda_api.adapters.sns import SnsNotifier
from lambda_api.adapters.sqs import SqsTimers
from lambda_api.escalations.policy import Policy
from local.setup.tools import aws_python

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient
    from types_boto3_sns.client import SNSClient
    from types_boto3_sqs.client import SQSClient

PYTHON = str(aws_python())
READY_SECONDS = 60
# Off is what would listen elsewhere or start containers; its INFO would tell numbers and codes.
QUIET = {
    "IOT_MTLS_ENABLED": "0",
    "SFTP_ENABLED": "0",
    "LOG_LEVEL": "WARNING",
    "DOCKER_HOST": "unix:///nonexistent",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aws:
    endpoint: str
    dynamodb: "DynamoDBClient"
    sns: "SNSClient"
    sqs: "SQSClient"

    def sms_to(self, phone: str) -> list[dict[str, Any]]:
        path = f"/_ministack/sns/sms-messages?phoneNumber={phone.replace('+', '%2B')}"
        with urllib.request.urlopen(self.endpoint + path, timeout=5) as answer:  # noqa: S310
            sent: list[dict[str, Any]] = json.load(answer)["sms_messages"][phone]
        return sent


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    port = _free_port()
    log = tmp_path_factory.mktemp("aws") / "aws.log"
    environment = QUIET | {"BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [PYTHON, "-m", "ministack"], env=os.environ | environment, stdout=output, stderr=output
        )
    try:
        _wait(process, port, log)
        yield _clients(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture
def store(aws: Aws) -> DynamoStore:
    name = f"handoff-{uuid4().hex}"
    keys = [("pk", "HASH"), ("sk", "RANGE")]
    names = ("pk", "sk", "status_key", "list_key", "created_at")
    aws.dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": one, "KeyType": kind} for one, kind in keys],  # type: ignore[typeddict-item]
        AttributeDefinitions=[{"AttributeName": one, "AttributeType": "S"} for one in names],
        GlobalSecondaryIndexes=[_index("by_status", "status_key"), _index("by_created", "list_key")],
        BillingMode="PAY_PER_REQUEST",
    )
    return DynamoStore(client=aws.dynamodb, table_name=name, policy=Policy())


@pytest.fixture
def notifier(aws: Aws) -> SnsNotifier:
    topic = aws.sns.create_topic(Name=f"handoff-{uuid4().hex}")["TopicArn"]
    return SnsNotifier(client=aws.sns, topic_arn=topic)


@pytest.fixture
def timers(aws: Aws) -> SqsTimers:
    queue = aws.sqs.create_queue(QueueName=f"handoff-{uuid4().hex}")["QueueUrl"]
    return SqsTimers(client=aws.sqs, queue_url=queue)


def _index(name: str, key: str) -> Any:
    schema = [{"AttributeName": key, "KeyType": "HASH"}, {"AttributeName": "created_at", "KeyType": "RANGE"}]
    return {"IndexName": name, "KeySchema": schema, "Projection": {"ProjectionType": "ALL"}}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_ministack/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the embedded AWS did not come up:\n{log.read_text(errors='replace')[-2000:]}")


def _clients(endpoint: str) -> Aws:
    session = boto3.session.Session(
        aws_access_key_id="000000000000", aws_secret_access_key="none", region_name="us-east-1"
    )
    return Aws(
        endpoint=endpoint,
        dynamodb=session.client("dynamodb", endpoint_url=endpoint),
        sns=session.client("sns", endpoint_url=endpoint),
        sqs=session.client("sqs", endpoint_url=endpoint),
    )
