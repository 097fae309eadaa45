"""The network of the workers: a way out to LiveKit and the providers, and no way in."""

from __future__ import annotations

from aws_cdk import Acknowledgment, Validations
from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from infra.config import Config
from infra.logs import make_log_group

_PUBLIC = ec2.SubnetConfiguration(name="Public", subnet_type=ec2.SubnetType.PUBLIC, cidr_mask=24)
_PRIVATE = ec2.SubnetConfiguration(
    name="Workers", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=22
)
_NO_FLOWS = Acknowledgment(
    id="AwsSolutions::AwsSolutions-VPC7",
    reason="On a laptop there is no network that could be watched, and ministack knows no flow logs",
)


class Network(Construct):
    def __init__(self, scope: Construct, id_: str, *, config: Config) -> None:
        super().__init__(scope, id_)
        self.behind_nat = config.nat_gateways > 0
        self.vpc = ec2.Vpc(
            self,
            "Vpc",
            max_azs=2,
            nat_gateways=config.nat_gateways,
            subnet_configuration=[_PUBLIC, _PRIVATE] if self.behind_nat else [_PUBLIC],
            # It would take a function of its own, and nothing here uses the default group.
            restrict_default_security_group=False,
        )
        self._keep_flows(config)

    @property
    def workers_subnets(self) -> ec2.SubnetSelection:
        return ec2.SubnetSelection(subnet_group_name="Workers" if self.behind_nat else "Public")

    def _keep_flows(self, config: Config) -> None:
        if config.on_laptop:
            Validations.of(self.vpc).acknowledge(_NO_FLOWS)
            return
        logs = make_log_group(self, config=config)
        self.vpc.add_flow_log("Flows", destination=ec2.FlowLogDestination.to_cloud_watch_logs(logs))
