"""Where what failed for good is kept until somebody has looked at it."""

from __future__ import annotations

from aws_cdk import Acknowledgment, Duration, Validations
from aws_cdk import aws_sqs as sqs
from constructs import Construct

_LAST = Acknowledgment(
    id="Serverless::Serverless-SQSRedrivePolicy",
    reason="It is the end of the line: what is here failed everywhere else, and an alarm tells of it",
)


class DeadLetters(Construct):
    def __init__(self, scope: Construct, id_: str) -> None:
        super().__init__(scope, id_)
        self.queue = sqs.Queue(self, "Queue", enforce_ssl=True, retention_period=Duration.days(14))
        Validations.of(self.queue).acknowledge(_LAST)
