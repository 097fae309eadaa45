"""The network of the workers: a way out to LiveKit and the providers, and no way in."""

from __future__ import annotations

from aws_cdk import aws_ec2 as ec2
from constructs import Construct

from infra.config import Config
from infra.logs import make_log_group

_PUBLIC = ec2.SubnetConfiguration(name="Public", subnet_type=ec2.SubnetType.PUBLIC, cidr_mask=24)
_PRIVATE = ec2.SubnetConfiguration(
    name="Workers", subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS, cidr_mask=22
)
# As ministack names what every account begins with.
_DEFAULT_VPC = "vpc-00000001"
_DEFAULT_ROUTES = "rtb-00000001"
_DEFAULT_SUBNETS = {"us-east-1a": "subnet-00000001", "us-east-1b": "subnet-00000002"}


class Network(Construct):
    def __init__(self, scope: Construct, id_: str, *, config: Config) -> None:
        super().__init__(scope, id_)
        self.has_way_out = not config.on_laptop
        self.vpc = self._accounts_own() if config.on_laptop else self._watched(config)

    @property
    def workers_subnets(self) -> ec2.SubnetSelection:
        kind = ec2.SubnetType.PRIVATE_WITH_EGRESS if self.has_way_out else ec2.SubnetType.PUBLIC
        return ec2.SubnetSelection(subnet_type=kind)

    def _watched(self, config: Config) -> ec2.IVpc:
        vpc = ec2.Vpc(
            self,
            "Vpc",
            max_azs=2,
            nat_gateways=config.nat_gateways,
            subnet_configuration=[_PUBLIC, _PRIVATE],
            # It would take a function of its own, and nothing here uses the default group.
            restrict_default_security_group=False,
        )
        logs = make_log_group(self, config=config)
        vpc.add_flow_log("Flows", destination=ec2.FlowLogDestination.to_cloud_watch_logs(logs))
        return vpc

    def _accounts_own(self) -> ec2.IVpc:
        return ec2.Vpc.from_vpc_attributes(
            self,
            "Vpc",
            vpc_id=_DEFAULT_VPC,
            availability_zones=list(_DEFAULT_SUBNETS),
            public_subnet_ids=list(_DEFAULT_SUBNETS.values()),
            public_subnet_route_table_ids=[_DEFAULT_ROUTES] * len(_DEFAULT_SUBNETS),
        )
