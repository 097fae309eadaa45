"""A real embedded AWS for a session of tests, with a table, a topic and a queue of its own for each test."""

from collections.abc import Iterator

import pytest

from lambda_api.adapters.dynamodb import DynamoStore
from lambda_api.adapters.sns import SnsNotifier
from lambda_api.adapters.sqs import SqsTimers
from lambda_api.escalations.policy import Policy
from tests.integration.embedded_aws import Aws, embedded_aws


@pytest.fixture(scope="session")
def aws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    with embedded_aws(tmp_path_factory.mktemp("aws")) as aws:
        yield aws


@pytest.fixture
def store(aws: Aws) -> DynamoStore:
    return DynamoStore(client=aws.asked("dynamodb"), table_name=aws.table(), policy=Policy())


@pytest.fixture
def notifier(aws: Aws) -> SnsNotifier:
    return SnsNotifier(client=aws.asked("sns"), topic_arn=aws.topic())


@pytest.fixture
def timers(aws: Aws) -> SqsTimers:
    return SqsTimers(client=aws.asked("sqs"), queue_url=aws.queue())
