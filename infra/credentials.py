"""The secrets: those that the operator fills in, and four that the stack makes itself."""

from __future__ import annotations

import json

from aws_cdk import Acknowledgment, RemovalPolicy, SecretValue, Validations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

_ROTATION = Acknowledgment(
    id="AwsSolutions::AwsSolutions-SMG4",
    reason="LiveKit's and the providers' keys are made in their consoles, and our own are rotated by the "
    "operator while the previous version still works: no function of ours can rotate either",
)
_KEY_LENGTH = 48
_WORKER_SCOPES = ("escalations:write", "escalations:read")
_ADMIN_SCOPES = (
    *_WORKER_SCOPES,
    "join_urls:write",
    "human_agents:write",
    "human_agents:read",
    "api_keys:write",
)


class Credentials(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, keeps_data: bool, more_keys: tuple[str, ...] = ()
    ) -> None:
        super().__init__(scope, id_)
        self._removal = RemovalPolicy.RETAIN if keeps_data else RemovalPolicy.DESTROY
        self.livekit = self._filled_by_operator(
            "LiveKit",
            required=("url", "api_key", "api_secret"),
            optional=("ws_url", "webhook_api_key", "webhook_api_secret"),
        )
        self.providers = self._filled_by_operator(
            "Providers", required=("openai_api_key", "deepgram_api_key")
        )
        # One each: to add a field to one that is filled in would empty the others.
        self.more_keys = {
            name: self._filled_by_operator(_pascal(name), required=("key",)) for name in more_keys
        }
        self.link = self._generated("Link", description="Derives the codes of join links")
        self.origin = self._generated("Origin", description="What the edge shows the API with every request")
        self.worker_key = self._generated("WorkerKey", description="The worker's key for the API")
        self.admin_key = self._generated("AdminKey", description="The operator's key for the API")
        Validations.of(self).acknowledge(_ROTATION)

    def service_keys(self) -> str:
        """Which secret is which caller's key, and what it may do, as the API's environment wants it."""
        named = (("worker", self.worker_key, _WORKER_SCOPES), ("admin", self.admin_key, _ADMIN_SCOPES))
        return json.dumps({n: {"secret_arn": s.secret_arn, "scopes": scopes} for n, s, scopes in named})

    def _filled_by_operator(
        self, id_: str, *, required: tuple[str, ...], optional: tuple[str, ...] = ()
    ) -> secretsmanager.Secret:
        fields = (*required, *(f"{field} (optional)" for field in optional))
        # Empty, not invented: what starts with it must see that nobody has filled it in.
        return secretsmanager.Secret(
            self,
            id_,
            description=f"To be filled in by the operator, as JSON: {', '.join(fields)}",
            secret_object_value={field: SecretValue.unsafe_plain_text("") for field in required},
            removal_policy=self._removal,
        )

    def _generated(self, id_: str, *, description: str) -> secretsmanager.Secret:
        return secretsmanager.Secret(
            self,
            id_,
            description=description,
            generate_secret_string=secretsmanager.SecretStringGenerator(
                password_length=_KEY_LENGTH, exclude_punctuation=True
            ),
            removal_policy=self._removal,
        )


def _pascal(name: str) -> str:
    return name.title().replace("_", "")


def grant_read(grantee: iam.IGrantable, *secrets: secretsmanager.Secret) -> None:
    arns = [secret.secret_arn for secret in secrets]
    iam.Grant.add_to_principal(grantee=grantee, actions=["secretsmanager:GetSecretValue"], resource_arns=arns)
