"""Who is told what goes wrong, and the one page that shows how it goes."""

from __future__ import annotations

from aws_cdk import Aws
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.agent import AgentService
from infra.api import Api
from infra.config import Config
from infra.dashboard import add_dashboard
from infra.dead_letters import DeadLetters
from infra.system_watches import system_watches
from infra.timers import Timers
from infra.watches import Watch, product_watches

_RUNBOOK = "docs/operations.md, under"


class Monitoring(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Config,
        api: Api,
        agent: AgentService,
        timers: Timers,
        dead_letters: DeadLetters,
    ) -> None:
        super().__init__(scope, id_)
        self._topic = self._told(config, dead_letters)
        system = system_watches(api=api, agent=agent, timers=timers, dead_letters=dead_letters, config=config)
        alarms = [self._alarm(watch) for watch in (*product_watches(config.stage.value), *system)]
        name = add_dashboard(self, config=config, api=api, agent=agent, timers=timers, alarms=alarms)
        region = Aws.REGION
        self.dashboard_url = f"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}#dashboards/dashboard/{name}"

    def _told(self, config: Config, dead_letters: DeadLetters) -> sns.Topic:
        topic = sns.Topic(self, "Alarms", display_name=f"Handoff {config.stage}: alarms", enforce_ssl=True)
        topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
            )
        )
        if config.alarm_email:
            topic.add_subscription(
                subscriptions.EmailSubscription(config.alarm_email, dead_letter_queue=dead_letters.queue)
            )
        return topic

    def _alarm(self, watch: Watch) -> cloudwatch.Alarm:
        alarm = cloudwatch.Alarm(
            self,
            watch.name,
            alarm_description=f"{watch.says}. What to do: {_RUNBOOK} {watch.name}",
            metric=watch.metric,
            threshold=watch.limit,
            evaluation_periods=watch.periods,
            comparison_operator=watch.comparison,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(actions.SnsAction(self._topic))
        return alarm
