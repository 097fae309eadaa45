"""The edge's access log: who was answered what, and how fast; never a path, which may hold a code."""

from __future__ import annotations

from aws_cdk import Aws, CfnCondition, CfnResource, Fn
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.config import Config
from infra.logs import make_log_group

# Neither URI nor referrer, cookie or address: the first two may hold the code of a join link.
FIELDS = (
    "date",
    "time",
    "x-edge-location",
    "x-edge-request-id",
    "x-edge-result-type",
    "x-edge-detailed-result-type",
    "cs-method",
    "cs-protocol-version",
    "ssl-protocol",
    "sc-status",
    "sc-bytes",
    "time-taken",
)


class EdgeLog(Construct):
    """CloudFront's logs are set up in one region only; elsewhere the HTTP API's log, by route, is the one."""

    def __init__(
        self, scope: Construct, id_: str, *, config: Config, distribution: cloudfront.CfnDistribution
    ) -> None:
        super().__init__(scope, id_)
        self._here = CfnCondition(self, "Here", expression=Fn.condition_equals(Aws.REGION, "us-east-1"))
        self._deliver(distribution, make_log_group(self, config=config))

    def _deliver(self, distribution: cloudfront.CfnDistribution, group: logs.LogGroup) -> None:
        _let_be_written(group)
        name = f"{Aws.STACK_NAME}-edge"
        arn = f"arn:{Aws.PARTITION}:cloudfront::{Aws.ACCOUNT_ID}:distribution/{distribution.ref}"
        source = logs.CfnDeliverySource(self, "Source", name=name, log_type="ACCESS_LOGS", resource_arn=arn)
        target = logs.CfnDeliveryDestination(
            self, "Target", name=name, output_format="json", destination_resource_arn=group.log_group_arn
        )
        delivery = logs.CfnDelivery(
            self,
            "Delivery",
            delivery_source_name=source.name,
            delivery_destination_arn=target.attr_arn,
            record_fields=list(FIELDS),
        )
        delivery.add_resource_dependency(source)
        parts: tuple[CfnResource, ...] = (source, target, delivery)
        for part in parts:
            part.cfn_options.condition = self._here


def delivered() -> cloudfront.CfnDistribution.LoggingProperty:
    """All that a distribution itself says about a log that is delivered for it."""
    return cloudfront.CfnDistribution.LoggingProperty(include_cookies=False)


def _let_be_written(group: logs.LogGroup) -> None:
    group.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal("delivery.logs.amazonaws.com")],
            actions=["logs:CreateLogStream", "logs:PutLogEvents"],
            resources=[group.log_group_arn],
            conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
        )
    )
