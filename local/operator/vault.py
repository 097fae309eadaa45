"""A stage's secrets by their names, and the parameters in which its stack looks up where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types_boto3_secretsmanager import SecretsManagerClient


class Vault:
    def __init__(self, stage: str, *, secrets: SecretsManagerClient, parameters: Any) -> None:
        self._stage = stage
        self._secrets = secrets
        self._parameters = parameters

    def read(self, name: str) -> str | None:
        try:
            return self._secrets.get_secret_value(SecretId=self._id(name))["SecretString"]
        except self._secrets.exceptions.ResourceNotFoundException:
            return None

    def put(self, name: str, value: str) -> None:
        """Where there is one already, the version before it is kept."""
        try:
            self._secrets.put_secret_value(SecretId=self._id(name), SecretString=value)
        except self._secrets.exceptions.ResourceNotFoundException:
            described = f"LiveKit Handoff, {self._stage}"
            self._secrets.create_secret(Name=self._id(name), SecretString=value, Description=described)
        self.announce(name)

    def announce(self, name: str) -> None:
        """CloudFormation looks here, and before it makes anything says which it has not found."""
        arn = self._secrets.describe_secret(SecretId=self._id(name))["ARN"]
        place = f"/handoff/{self._stage}/from-make-secrets/{name}"
        self._parameters.put_parameter(Name=place, Value=arn, Type="String", Overwrite=True)

    def _id(self, name: str) -> str:
        return f"handoff/{self._stage}/{name}"
