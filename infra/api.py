"""The API: three doors into one asset, each with what it may do, behind one HTTP API."""

from __future__ import annotations

from aws_cdk import Acknowledgment, Duration, Validations
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.bundling import api_code
from infra.config import AGENT_NAME, Config
from infra.credentials import Credentials, grant_read
from infra.database import Database
from infra.functions import Bundle, Door
from infra.http import HttpFront
from infra.notifications import Notifications
from infra.timers import Timers

TIMERS_TIMEOUT = Duration.seconds(30)
# LiveKit and a caller's AI wait for the first two; nobody waits for the third.
_TIMEOUTS = {"api": Duration.seconds(10), "webhooks": Duration.seconds(10), "timers": TIMERS_TIMEOUT}
_SUBSCRIPTIONS = Acknowledgment(
    id="AwsSolutions::AwsSolutions-IAM5[Resource::*]",
    reason="SNS knows no resource for a subscription's attributes or its end; the topic itself is named",
)


class Api(Construct):
    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: Config,
        database: Database,
        notifications: Notifications,
        timers: Timers,
        credentials: Credentials,
    ) -> None:
        super().__init__(scope, id_)
        self.http = HttpFront(self, "Http", config=config)
        shared = _environment(config, database, notifications, timers, credentials)
        bundle = Bundle(
            code=api_code(config.target),
            target=config.target,
            environment={**shared, "HANDOFF_PUBLIC_URL": self.http.url},
        )
        self.doors = {name: self._door(name, bundle=bundle, config=config) for name in _TIMEOUTS}
        self._allow(database, notifications, timers, credentials)
        self.http.route(default=self.doors["api"], webhooks=self.doors["webhooks"])
        timers.wake(self.doors["timers"])

    def _allow(
        self, database: Database, notifications: Notifications, timers: Timers, credentials: Credentials
    ) -> None:
        for door in self.doors.values():
            database.grant_read_write(door)
            notifications.grant_publish(door)
            timers.grant_schedule(door)
            grant_read(door, credentials.livekit, credentials.link)
        # Only the API keeps the roster and knows the keys of its callers.
        notifications.grant_subscribe(self.doors["api"])
        grant_read(self.doors["api"], credentials.worker_key, credentials.admin_key)
        Validations.of(self.node.find_child("ApiDoor")).acknowledge(_SUBSCRIPTIONS)

    def _door(self, name: str, *, bundle: Bundle, config: Config) -> lambda_.Function:
        # Nobody's flood on the join page may starve LiveKit's webhooks.
        concurrency = config.webhooks_concurrency if name == "webhooks" else None
        door = Door(
            self,
            f"{name.capitalize()}Door",
            name=name,
            bundle=bundle,
            config=config,
            timeout=_TIMEOUTS[name],
            concurrency=concurrency,
        )
        return door.function


def _environment(
    config: Config,
    database: Database,
    notifications: Notifications,
    timers: Timers,
    credentials: Credentials,
) -> dict[str, str]:
    shortened = {"HANDOFF_TIME_FACTOR": config.time_factor} if config.time_factor else {}
    return {
        **shortened,
        "HANDOFF_STAGE": config.stage.value,
        "HANDOFF_TABLE": database.table.table_name,
        "HANDOFF_TOPIC_ARN": notifications.topic.topic_arn,
        "HANDOFF_TIMERS_QUEUE_URL": timers.queue.queue_url,
        "HANDOFF_AGENT_NAME": AGENT_NAME,
        "HANDOFF_LIVEKIT_SECRET_ARN": credentials.livekit.secret_arn,
        "HANDOFF_LINK_SECRET_ARN": credentials.link.secret_arn,
        "HANDOFF_SERVICE_KEYS": credentials.service_keys(),
    }
