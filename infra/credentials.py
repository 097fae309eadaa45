"""The secrets: made by `make secrets` before the stack, which looks up where they are and never ends one."""

from __future__ import annotations

import json

from aws_cdk import CfnParameter
from aws_cdk import aws_iam as iam
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

_WORKER_SCOPES = ("escalations:write", "escalations:read")
_ADMIN_SCOPES = (
    *_WORKER_SCOPES,
    "join_urls:write",
    "human_agents:write",
    "human_agents:read",
    "api_keys:write",
)


class Credentials(Construct):
    def __init__(self, scope: Construct, id_: str, *, stage: str, more_keys: tuple[str, ...] = ()) -> None:
        super().__init__(scope, id_)
        self._place = f"/handoff/{stage}/from-make-secrets"
        self.livekit = self._made_before("LiveKit", "livekit")
        self.providers = self._made_before("Providers", "providers")
        self.more_keys = {name: self._made_before(_pascal(name), name) for name in more_keys}
        self.link = self._made_before("Link", "link")
        self.origin = self._made_before("Origin", "origin")
        self.worker_key = self._made_before("WorkerKey", "worker_key")
        self.admin_key = self._made_before("AdminKey", "admin_key")

    def service_keys(self) -> str:
        """Which secret is which caller's key, and what it may do, as the API's environment wants it."""
        named = (("worker", self.worker_key, _WORKER_SCOPES), ("admin", self.admin_key, _ADMIN_SCOPES))
        return json.dumps({n: {"secret_arn": s.secret_arn, "scopes": scopes} for n, s, scopes in named})

    def _made_before(self, id_: str, name: str) -> secretsmanager.ISecret:
        # A parameter, not a name: ECS and IAM want the whole ARN, and CloudFormation ends before it begins,
        # with this place in its message, when there is no such secret.
        arn = CfnParameter(
            self,
            id_,
            type="AWS::SSM::Parameter::Value<String>",
            default=f"{self._place}/{name}",
            description="Where the secret is that `make secrets` has made",
        )
        return secretsmanager.Secret.from_secret_complete_arn(self, f"{id_}Secret", arn.value_as_string)


def _pascal(name: str) -> str:
    return name.title().replace("_", "")


def grant_read(grantee: iam.IGrantable, *secrets: secretsmanager.ISecret) -> None:
    arns = [secret.secret_arn for secret in secrets]
    iam.Grant.add_to_principal(grantee=grantee, actions=["secretsmanager:GetSecretValue"], resource_arns=arns)
