"""The worker: a Fargate service that only calls out."""

from __future__ import annotations

from aws_cdk import Acknowledgment, Validations
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_ecs as ecs
from constructs import Construct

from infra.config import Config
from infra.credentials import Credentials
from infra.network import Network
from infra.scaling import let_protect_itself, scale_with_calls
from infra.worker_container import CPUS, add_worker

_MEMORY_MB = 4096
_UNITS_PER_CPU = 1024
_WHOLE_SERVICES = Acknowledgment(
    id="AwsSolutions::AwsSolutions-IAM5[Resource::*]",
    reason="ecr:GetAuthorizationToken knows no resource; the image itself is named",
)


class AgentService(Construct):
    def __init__(
        self, scope: Construct, id_: str, *, config: Config, credentials: Credentials, api_url: str
    ) -> None:
        super().__init__(scope, id_)
        network = Network(self, "Network", config=config)
        self.cluster = ecs.Cluster(
            self,
            "Cluster",
            vpc=network.vpc,
            container_insights_v2=ecs.ContainerInsights.ENABLED,
            enable_fargate_capacity_providers=False,
        )
        self.task = self._task()
        add_worker(self, task=self.task, config=config, credentials=credentials, api_url=api_url)
        let_protect_itself(self.task, cluster=self.cluster)
        self.service = self._service(network, config=config)
        scale_with_calls(self.service, config=config)
        Validations.of(self).acknowledge(_WHOLE_SERVICES)

    def _task(self) -> ecs.FargateTaskDefinition:
        return ecs.FargateTaskDefinition(
            self,
            "Task",
            cpu=CPUS * _UNITS_PER_CPU,
            memory_limit_mib=_MEMORY_MB,
            runtime_platform=ecs.RuntimePlatform(
                cpu_architecture=ecs.CpuArchitecture.X86_64,
                operating_system_family=ecs.OperatingSystemFamily.LINUX,
            ),
        )

    def _service(self, network: Network, *, config: Config) -> ecs.FargateService:
        return ecs.FargateService(
            self,
            "Service",
            cluster=self.cluster,
            task_definition=self.task,
            # Elsewhere the calls say how many, and a deployment must not say otherwise.
            desired_count=config.workers if config.on_laptop else None,
            # New workers take calls before old ones stop taking them; and those that still have calls may
            # be there from the deployment before this one.
            min_healthy_percent=100,
            max_healthy_percent=300,
            circuit_breaker=ecs.DeploymentCircuitBreaker(enable=True, rollback=True),
            vpc_subnets=network.workers_subnets,
            assign_public_ip=not network.has_way_out,
            security_groups=[self._only_outwards(network.vpc)],
        )

    def _only_outwards(self, vpc: ec2.IVpc) -> ec2.SecurityGroup:
        return ec2.SecurityGroup(
            self, "OnlyOutwards", vpc=vpc, description="Workers call out; nobody calls them"
        )
