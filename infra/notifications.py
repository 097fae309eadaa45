"""The topic that tells human agents, by e-mail subscription or straight by SMS."""

from __future__ import annotations

from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from constructs import Construct

# SNS knows no resource for a subscription or a number: these can only be allowed on everything.
_QUESTIONS = ("sns:CheckIfPhoneNumberIsOptedOut", "sns:GetSubscriptionAttributes")


class Notifications(Construct):
    def __init__(self, scope: Construct, id_: str) -> None:
        super().__init__(scope, id_)
        self.topic = sns.Topic(self, "Topic", display_name="LiveKit Handoff", enforce_ssl=True)

    def grant_publish(self, grantee: iam.IGrantable) -> None:
        _allow(grantee, "sns:Publish", resources=[self.topic.topic_arn])
        grantee.grant_principal.add_to_principal_policy(
            # An SMS has no ARN to name: everything but a topic is a phone number.
            iam.PolicyStatement(actions=["sns:Publish"], not_resources=["arn:*:sns:*:*:*"])
        )

    def grant_subscribe(self, grantee: iam.IGrantable) -> None:
        _allow(grantee, "sns:Subscribe", resources=[self.topic.topic_arn])
        _allow(grantee, "sns:Unsubscribe", resources=["*"])

    def grant_ask(self, grantee: iam.IGrantable) -> None:
        """Whether somebody's address is confirmed, and whether their number takes SMS."""
        _allow(grantee, *_QUESTIONS, resources=["*"])


def _allow(grantee: iam.IGrantable, *actions: str, resources: list[str]) -> None:
    iam.Grant.add_to_principal(grantee=grantee, actions=list(actions), resource_arns=resources)
