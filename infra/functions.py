"""One Lambda function: a door into the API's asset, with a role and a log group of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import Acknowledgment, Duration, Validations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.config import CLOUD_PYTHON, Config, Target
from infra.logs import make_log_group

# Below 1769 MB a function has a part of a CPU, and the start of a door is nothing but CPU.
_MEMORY_MB = 1769
# A laptop's functions run in the laptop's own Python, whatever this says.
_RUNTIME = lambda_.Runtime(f"python{CLOUD_PYTHON}", lambda_.RuntimeFamily.PYTHON, supports_snap_start=True)
_UNTRACED = Acknowledgment(
    id="Serverless::Serverless-LambdaTracing", reason="Switched off by the operator (-c tracing=off)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What the doors share: the asset, the machine it was built for, and where failures end."""

    code: lambda_.Code
    target: Target
    environment: Mapping[str, str]
    dead_letters: sqs.Queue


class Door(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        bundle: Bundle,
        config: Config,
        timeout: Duration,
        concurrency: int | None = None,
    ) -> None:
        super().__init__(scope, id_)
        log_group = make_log_group(self, config=config)
        # An own role: the managed one may write to every log group of the account.
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        log_group.grant_write(role)
        self.function = lambda_.Function(
            self,
            "Function",
            description=f"LiveKit Handoff: the {name} door",
            code=bundle.code,
            handler=f"lambda_api.doors.{name}.handler",
            runtime=_RUNTIME,
            architecture=_architecture(bundle.target),
            environment=dict(bundle.environment),
            memory_size=_MEMORY_MB,
            timeout=timeout,
            reserved_concurrent_executions=concurrency,
            dead_letter_queue=bundle.dead_letters,
            tracing=lambda_.Tracing.ACTIVE if config.tracing else None,
            role=role,
            log_group=log_group,
        )
        if not config.tracing:
            Validations.of(self).acknowledge(_UNTRACED)

    def kept_ready(self, *, config: Config) -> lambda_.IFunction:
        """What callers wait for; started beforehand where the stage pays for that."""
        if config.snapstart:
            resource = self.function.node.default_child
            assert isinstance(resource, lambda_.CfnFunction)  # noqa: S101
            resource.snap_start = lambda_.CfnFunction.SnapStartProperty(apply_on="PublishedVersions")
        if not (config.snapstart or config.provisioned):
            return self.function
        return lambda_.Alias(
            self,
            "Ready",
            alias_name="ready",
            version=self.function.current_version,
            provisioned_concurrent_executions=config.provisioned or None,
        )


def _architecture(target: Target) -> lambda_.Architecture:
    return lambda_.Architecture.ARM_64 if target.machine == "arm64" else lambda_.Architecture.X86_64
