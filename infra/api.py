"""The API: four doors into one asset, each with what it may do, behind one HTTP API and its edge."""

from __future__ import annotations

from aws_cdk import Acknowledgment, Duration, Validations
from constructs import Construct

from infra.bundling import api_code
from infra.config import AGENT_NAME, Config
from infra.credentials import Credentials, grant_read
from infra.database import Database
from infra.dead_letters import DeadLetters
from infra.edge import Edge
from infra.firewall import Firewall
from infra.functions import Bundle, Door
from infra.http import HttpFront
from infra.notifications import Notifications
from infra.timers import Timers

TIMERS_TIMEOUT = Duration.seconds(30)
# LiveKit and a caller's AI wait for the first three, the gate before the others; nobody waits for the last.
_TIMEOUTS = {
    "gate": Duration.seconds(5),
    "api": Duration.seconds(10),
    "webhooks": Duration.seconds(10),
    "timers": TIMERS_TIMEOUT,
}
_BEHIND_THE_GATE = ("api", "webhooks", "timers")
_WITHOUT_RESOURCE = Acknowledgment(
    id="AwsSolutions::AwsSolutions-IAM5[Resource::*]",
    reason="X-Ray knows no resource for a trace, and SNS none for a subscription's attributes or its end; "
    "the topic itself is named",
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
        dead_letters: DeadLetters,
    ) -> None:
        super().__init__(scope, id_)
        self.http = HttpFront(self, "Http", config=config)
        self.edge = Edge(
            self,
            "Edge",
            config=config,
            api_id=self.http.api.api_id,
            origin_key=credentials.origin,
            web_acl_arn=Firewall(self, "Firewall", config=config).arn,
        )
        shared = _environment(config, database, notifications, timers, credentials)
        bundle = Bundle(
            code=api_code(config.target),
            target=config.target,
            environment={**shared, "HANDOFF_PUBLIC_URL": self.edge.url},
            dead_letters=dead_letters.queue,
        )
        opened = {name: self._door(name, bundle=bundle, config=config) for name in _TIMEOUTS}
        self.doors = {name: door.function for name, door in opened.items()}
        self._allow(database, notifications, timers, credentials)
        self.http.route(
            default=opened["api"].kept_ready(config=config),
            webhooks=opened["webhooks"].kept_ready(config=config),
            gate=opened["gate"].kept_ready(config=config),
        )
        timers.wake(self.doors["timers"])

    def _allow(
        self, database: Database, notifications: Notifications, timers: Timers, credentials: Credentials
    ) -> None:
        for door in (self.doors[name] for name in _BEHIND_THE_GATE):
            database.grant_read_write(door)
            notifications.grant_publish(door)
            timers.grant_schedule(door)
            grant_read(door, credentials.livekit, credentials.link)
        for name in ("gate", "api", "webhooks"):
            grant_read(self.doors[name], credentials.origin)
        # Only the API keeps the roster and knows the keys of its callers.
        notifications.grant_subscribe(self.doors["api"])
        # The minute's sweep asks for addresses that were not confirmed yet.
        for name in ("api", "timers"):
            notifications.grant_ask(self.doors[name])
        grant_read(self.doors["api"], credentials.worker_key, credentials.admin_key)
        Validations.of(self).acknowledge(_WITHOUT_RESOURCE)

    def _door(self, name: str, *, bundle: Bundle, config: Config) -> Door:
        # Nobody's flood on the join page may starve LiveKit's webhooks.
        concurrency = config.webhooks_concurrency if name == "webhooks" else None
        return Door(
            self,
            f"{name.capitalize()}Door",
            name=name,
            bundle=bundle,
            config=config,
            timeout=_TIMEOUTS[name],
            concurrency=concurrency,
        )


def _environment(
    config: Config,
    database: Database,
    notifications: Notifications,
    timers: Timers,
    credentials: Credentials,
) -> dict[str, str]:
    where_set = {
        "HANDOFF_TIME_FACTOR": config.time_factor,
        "HANDOFF_ACTIONS_LOG": config.actions_log,
        "HANDOFF_SMS_SENDER_ID": config.sms_sender_id,
        "HANDOFF_SMS_ORIGINATION_NUMBER": config.sms_origination_number,
    }
    return {
        **{name: value for name, value in where_set.items() if value},
        "HANDOFF_SMS_AN_HOUR": str(config.sms_an_hour),
        "HANDOFF_SMS_MAX_PRICE_USD": config.sms_max_price_usd,
        "HANDOFF_STAGE": config.stage.value,
        "HANDOFF_TABLE": database.table.table_name,
        "HANDOFF_TOPIC_ARN": notifications.topic.topic_arn,
        "HANDOFF_TIMERS_QUEUE_URL": timers.queue.queue_url,
        "HANDOFF_AGENT_NAME": AGENT_NAME,
        "HANDOFF_LIVEKIT_SECRET_ARN": credentials.livekit.secret_arn,
        "HANDOFF_LINK_SECRET_ARN": credentials.link.secret_arn,
        "HANDOFF_ORIGIN_SECRET_ARN": credentials.origin.secret_arn,
        "HANDOFF_ANSWER_SECONDS": str(config.answer_seconds),
        "HANDOFF_SERVICE_KEYS": credentials.service_keys(),
    }
