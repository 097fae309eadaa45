"""The clock: a queue of delayed looks at escalations, and a sweep every minute."""

from __future__ import annotations

from aws_cdk import Acknowledgment, Duration, Validations
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
_BY_THE_QUEUE = Acknowledgment(
    id="Serverless::Serverless-LambdaEventSourceMappingDestination",
    reason="Lambda knows no failure destination for a queue: the queue's own redrive policy has it",
)


class Timers(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        function_timeout: Duration,
        dead_letters: sqs.Queue,
        fire_drill: bool,
    ) -> None:
        super().__init__(scope, id_)
        self._fire_drill = fire_drill
        self._dead_letters = dead_letters
        self.queue = sqs.Queue(
            self,
            "Queue",
            enforce_ssl=True,
            visibility_timeout=Duration.seconds(_VISIBILITY_FACTOR * int(function_timeout.to_seconds())),
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead_letters, max_receive_count=_ATTEMPTS),
        )

    def grant_schedule(self, grantee: iam.IGrantable) -> None:
        iam.Grant.add_to_principal(
            grantee=grantee, actions=["sqs:SendMessage"], resource_arns=[self.queue.queue_arn]
        )

    def wake(self, function: lambda_.Function) -> None:
        function.add_event_source(
            sources.SqsEventSource(self.queue, batch_size=10, report_batch_item_failures=True)
        )
        Validations.of(function).acknowledge(_BY_THE_QUEUE)
        events.Rule(
            self,
            "EveryMinute",
            description="Sweeps what no message told: unsent notifications, passed deadlines",
            schedule=events.Schedule.rate(Duration.minutes(1)),
            targets=[self._sweep(function)],
        )
        if self._fire_drill:
            self._drill(function)

    def _drill(self, function: lambda_.Function) -> None:
        said = events.RuleTargetInput.from_object({"kind": "drill"})
        events.Rule(
            self,
            "FireDrill",
            description="Tries whether everybody who is on duty can be reached",
            # When most of Europe and the Americas is at work.
            schedule=events.Schedule.cron(week_day="TUE", hour="14", minute="0"),
            targets=[targets.LambdaFunction(function, event=said, dead_letter_queue=self._dead_letters)],
        )

    def _sweep(self, function: lambda_.Function) -> targets.LambdaFunction:
        # A sweep that comes late is what the next one is for.
        return targets.LambdaFunction(
            function,
            dead_letter_queue=self._dead_letters,
            max_event_age=Duration.minutes(1),
            retry_attempts=1,
        )
