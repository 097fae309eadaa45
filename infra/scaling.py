"""How many workers there are: enough for the calls, and none is stopped while it has some."""

from __future__ import annotations

from typing import cast

from aws_cdk import Acknowledgment, ArnFormat, CfnElement, Duration, Stack, Validations
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_iam as iam

from infra.config import Config

_ACTIVE_CALLS = cloudwatch.Metric(
    namespace="Handoff", metric_name="active_calls", statistic="Average", period=Duration.minutes(1)
)


def scale_with_calls(service: ecs.FargateService, *, config: Config) -> None:
    """By the average of all workers, which is kept well below the load at which one says that it is full."""
    if config.on_laptop:
        return
    count = service.auto_scale_task_count(min_capacity=config.workers, max_capacity=config.most_workers)
    count.scale_to_track_custom_metric(
        "Calls",
        metric=_ACTIVE_CALLS,
        target_value=config.calls_per_worker,
        scale_out_cooldown=Duration.minutes(1),
        # A worker that is taken away too early is missed by the next callers.
        scale_in_cooldown=Duration.minutes(10),
    )


def let_protect_itself(task: ecs.FargateTaskDefinition, *, cluster: ecs.ICluster) -> None:
    """A task asks ECS by itself not to be stopped while it has calls; its own name it learns only then."""
    tasks = Stack.of(task).format_arn(
        service="ecs",
        resource="task",
        resource_name=f"{cluster.cluster_name}/*",
        arn_format=ArnFormat.SLASH_RESOURCE_NAME,
    )
    task.add_to_task_role_policy(iam.PolicyStatement(actions=["ecs:UpdateTaskProtection"], resources=[tasks]))
    named = Stack.of(task).get_logical_id(cast(CfnElement, cluster.node.default_child))
    place = f"arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:task/<{named}>/*"
    Validations.of(task).acknowledge(
        Acknowledgment(
            id=f"AwsSolutions::AwsSolutions-IAM5[Resource::{place}]",
            reason="A task's own ARN is not known before it starts; the cluster holds nothing but workers",
        )
    )
