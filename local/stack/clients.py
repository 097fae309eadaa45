"""The AWS clients of the laptop, all of them at the embedded AWS."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import boto3

from local.stack.environment import AWS_REGION

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_lambda import LambdaClient
    from types_boto3_secretsmanager import SecretsManagerClient
    from types_boto3_sns import SNSClient
    from types_boto3_sqs import SQSClient


# Access key and secret that no real account knows.
NO_REAL_KEYS: Final = ("test", "test")


class Clients:
    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._session = boto3.Session(*NO_REAL_KEYS, region_name=AWS_REGION)

    @cached_property
    def cloudformation(self) -> CloudFormationClient:
        return self._session.client("cloudformation", endpoint_url=self.endpoint)

    @cached_property
    def functions(self) -> LambdaClient:
        return self._session.client("lambda", endpoint_url=self.endpoint)

    @cached_property
    def parameters(self) -> Any:
        return self._session.client("ssm", endpoint_url=self.endpoint)

    @cached_property
    def secrets(self) -> SecretsManagerClient:
        return self._session.client("secretsmanager", endpoint_url=self.endpoint)

    @cached_property
    def sns(self) -> SNSClient:
        return self._session.client("sns", endpoint_url=self.endpoint)

    @cached_property
    def sqs(self) -> SQSClient:
        return self._session.client("sqs", endpoint_url=self.endpoint)
