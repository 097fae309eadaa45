"""A real embedded AWS as a process, and the table, topic, queue and secrets that the API needs of it."""

import json
import os
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import boto3

from lambda_api.aws.client import Client, client_of
from lambda_api.aws.session import session_of
from local.setup.tools import aws_python
from local.stack.ports import any_free
from tests.integration.processes import answers, running

if TYPE_CHECKING:
    from types_boto3_dynamodb.client import DynamoDBClient
    from types_boto3_secretsmanager.client import SecretsManagerClient
    from types_boto3_sns.client import SNSClient
    from types_boto3_sqs.client import SQSClient

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
    secrets: "SecretsManagerClient"

    def sms_to(self, phone: str) -> list[dict[str, Any]]:
        path = f"/_ministack/sns/sms-messages?phoneNumber={phone.replace('+', '%2B')}"
        with urllib.request.urlopen(self.endpoint + path, timeout=5) as answer:  # noqa: S310
            sent: list[dict[str, Any]] = json.load(answer)["sms_messages"][phone]
        return sent

    def table(self) -> str:
        name = f"handoff-{uuid4().hex}"
        keys = [("pk", "HASH"), ("sk", "RANGE")]
        names = ("pk", "sk", "status_key", "list_key", "created_at")
        self.dynamodb.create_table(
            TableName=name,
            KeySchema=[{"AttributeName": one, "KeyType": kind} for one, kind in keys],  # type: ignore[typeddict-item]
            AttributeDefinitions=[{"AttributeName": one, "AttributeType": "S"} for one in names],
            GlobalSecondaryIndexes=[_index("by_status", "status_key"), _index("by_created", "list_key")],
            BillingMode="PAY_PER_REQUEST",
        )
        return name

    def topic(self) -> str:
        return self.sns.create_topic(Name=f"handoff-{uuid4().hex}")["TopicArn"]

    def queue(self) -> str:
        return self.sqs.create_queue(QueueName=f"handoff-{uuid4().hex}")["QueueUrl"]

    def secret(self, text: str) -> str:
        return self.secrets.create_secret(Name=f"secret-{uuid4().hex}", SecretString=text)["ARN"]

    def asked(self, service: str) -> Client:
        """As the product asks it."""
        return client_of(session_of(self.environment()), service)

    def environment(self) -> Mapping[str, str]:
        """What every client of it has to be told."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": "000000000000",
            "AWS_SECRET_ACCESS_KEY": "none",
            "AWS_DEFAULT_REGION": "us-east-1",
        }


@contextmanager
def embedded_aws(folder: Path) -> Iterator[Aws]:
    port = any_free()
    env = {**os.environ, **QUIET, "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port)}
    endpoint = f"http://127.0.0.1:{port}"
    command = [str(aws_python()), "-m", "ministack"]
    with running(command, folder / "aws.log", lambda _: answers(f"{endpoint}/_ministack/health"), env=env):
        yield _clients(endpoint)


def _index(name: str, key: str) -> Any:
    schema = [{"AttributeName": key, "KeyType": "HASH"}, {"AttributeName": "created_at", "KeyType": "RANGE"}]
    return {"IndexName": name, "KeySchema": schema, "Projection": {"ProjectionType": "ALL"}}


def _clients(endpoint: str) -> Aws:
    session = boto3.session.Session(
        aws_access_key_id="000000000000", aws_secret_access_key="none", region_name="us-east-1"
    )
    return Aws(
        endpoint=endpoint,
        dynamodb=session.client("dynamodb", endpoint_url=endpoint),
        sns=session.client("sns", endpoint_url=endpoint),
        sqs=session.client("sqs", endpoint_url=endpoint),
        secrets=session.client("secretsmanager", endpoint_url=endpoint),
    )
