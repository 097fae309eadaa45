"""The clock: a queue of delayed looks at escalations, and what became of those that failed."""

from __future__ import annotations

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

# AWS asks for six times the function's timeout, so that a message is not seen twice while it is worked on.
_VISIBILITY_FACTOR = 6
_ATTEMPTS = 5


class Timers(Construct):
    def __init__(self, scope: Construct, id_: str, *, function_timeout: Duration) -> None:
        super().__init__(scope, id_)
        dead = sqs.Queue(self, "DeadLetters", enforce_ssl=True, retention_period=Duration.days(14))
        self.queue = sqs.Queue(
            self,
            "Queue",
            enforce_ssl=True,
            visibility_timeout=Duration.seconds(_VISIBILITY_FACTOR * int(function_timeout.to_seconds())),
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=_ATTEMPTS),
        )

    def grant_schedule(self, grantee: iam.IGrantable) -> None:
        iam.Grant.add_to_principal(
            grantee=grantee, actions=["sqs:SendMessage"], resource_arns=[self.queue.queue_arn]
        )

    def wake(self, function: lambda_.Function) -> None:
        function.add_event_source(
            sources.SqsEventSource(self.queue, batch_size=10, report_batch_item_failures=True)
        )
        events.Rule(
            self,
            "EveryMinute",
            description="Sweeps what no message told: unsent notifications, passed deadlines",
            schedule=events.Schedule.rate(Duration.minutes(1)),
            targets=[targets.LambdaFunction(function)],
        )
