"""The whole product as one stack."""

from __future__ import annotations

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from infra.agent import AgentService
from infra.api import TIMERS_TIMEOUT, Api
from infra.config import Config
from infra.credentials import Credentials
from infra.database import Database
from infra.dead_letters import DeadLetters
from infra.monitoring import Monitoring
from infra.notifications import Notifications
from infra.timers import Timers
from infra.worker_context import keys_wanted


class HandoffStack(Stack):
    def __init__(self, scope: Construct, *, config: Config) -> None:
        super().__init__(
            scope,
            f"Handoff-{config.stage}",
            description="LiveKit Handoff: a voice AI that calls in a human",
            termination_protection=config.keeps_data,
        )
        credentials = Credentials(
            self,
            "Credentials",
            stage=config.stage.value,
            more_keys=keys_wanted(config.worker_settings),
        )
        database = Database(self, "Database", keeps_data=config.keeps_data, customer_key=config.customer_key)
        notifications = Notifications(self, "Notifications")
        dead_letters = DeadLetters(self, "DeadLetters")
        timers = Timers(
            self,
            "Timers",
            function_timeout=TIMERS_TIMEOUT,
            dead_letters=dead_letters.queue,
            fire_drill=config.fire_drill,
        )
        api = Api(
            self,
            "Api",
            config=config,
            database=database,
            notifications=notifications,
            timers=timers,
            credentials=credentials,
            dead_letters=dead_letters,
        )
        agent = AgentService(self, "Agent", config=config, credentials=credentials, api_url=api.edge.url)
        monitoring = Monitoring(
            self,
            "Monitoring",
            config=config,
            api=api,
            agent=agent,
            timers=timers,
            dead_letters=dead_letters,
        )
        self._tell(DashboardUrl=monitoring.dashboard_url)
        self._tell(
            ApiUrl=api.edge.url, WebhookUrl=f"{api.edge.url}/webhooks/livekit", ApiId=api.http.api.api_id
        )
        self._tell(
            TableName=database.table.table_name,
            TopicArn=notifications.topic.topic_arn,
            TimersQueueUrl=timers.queue.queue_url,
        )
        self._tell_secrets(credentials)
        self._tell(
            ClusterName=agent.cluster.cluster_name,
            ServiceName=agent.service.service_name,
            TaskDefinitionArn=agent.task.task_definition_arn,
        )

    def _tell_secrets(self, credentials: Credentials) -> None:
        self._tell(
            LiveKitSecretArn=credentials.livekit.secret_arn,
            ProvidersSecretArn=credentials.providers.secret_arn,
            WorkerKeySecretArn=credentials.worker_key.secret_arn,
            AdminKeySecretArn=credentials.admin_key.secret_arn,
            LinkSecretArn=credentials.link.secret_arn,
            OriginSecretArn=credentials.origin.secret_arn,
        )
        self._tell(**{f"{s.node.id}Arn": s.secret_arn for s in credentials.more_keys.values()})

    def _tell(self, **outputs: str) -> None:
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)
