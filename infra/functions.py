"""One Lambda function: a door into the API's asset, with a role and a log group of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aws_cdk import Acknowledgment, Duration, Validations
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.config import Config, Target
from infra.logs import make_log_group

# Below 1769 MB a function has a part of a CPU, and the start of a door is nothing but CPU.
_MEMORY_MB = 1769
_RUNTIME = Acknowledgment(
    id="AwsSolutions::AwsSolutions-L1",
    reason="Python 3.13 is supported until 2029; the next one follows once every locked wheel is there",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What the three doors share: the asset and the machine it was built for."""

    code: lambda_.Code
    target: Target
    environment: Mapping[str, str]


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
            runtime=lambda_.Runtime(f"python{bundle.target.python}", lambda_.RuntimeFamily.PYTHON),
            architecture=_architecture(bundle.target),
            environment=dict(bundle.environment),
            memory_size=_MEMORY_MB,
            timeout=timeout,
            reserved_concurrent_executions=concurrency,
            role=role,
            log_group=log_group,
        )
        Validations.of(self).acknowledge(_RUNTIME)


def _architecture(target: Target) -> lambda_.Architecture:
    return lambda_.Architecture.ARM_64 if target.machine == "arm64" else lambda_.Architecture.X86_64
