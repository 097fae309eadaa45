"""The plain app's settings, boto3 and LiveKit, made once when it is imported, as most do."""

import asyncio
import hashlib
import json
import logging
import os
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
from livekit.api import (
    AccessToken,
    DataPacket,
    ListParticipantsRequest,
    LiveKitAPI,
    SendDataRequest,
    TokenVerifier,
    VideoGrants,
    WebhookReceiver,
)

logging.basicConfig(level=logging.INFO)
# An identity is in the address of each call, and a code may be.
for name in ("uvicorn.access", "httpx", "mangum"):
    logging.getLogger(name).setLevel(logging.WARNING)

_secrets = boto3.client("secretsmanager")


def _secret(name: str) -> str:
    return str(_secrets.get_secret_value(SecretId=os.environ[name])["SecretString"])


SERVICE_KEY = _secret("HANDOFF_ADMIN_SECRET_ARN")
LINK_KEY = _secret("HANDOFF_LINK_SECRET_ARN").encode()
ORIGIN_KEY = _secret("HANDOFF_ORIGIN_SECRET_ARN")
LIVEKIT = json.loads(_secret("HANDOFF_LIVEKIT_SECRET_ARN"))
PUBLIC_URL = os.environ["HANDOFF_PUBLIC_URL"]
SMS_AN_HOUR = int(os.environ["HANDOFF_SMS_AN_HOUR"])

table: Any = boto3.resource("dynamodb").Table(os.environ["HANDOFF_TABLE"])
dynamodb: Any = table.meta.client
sns = boto3.client("sns")
sqs = boto3.client("sqs")
receiver = WebhookReceiver(TokenVerifier(LIVEKIT["webhook_api_key"], LIVEKIT["webhook_api_secret"]))


def now() -> datetime:
    return datetime.now(UTC)


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def text_to(phone: str, text: str) -> None:
    attributes: Any = {
        "AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"},
        "AWS.SNS.SMS.MaxPrice": {"DataType": "Number", "StringValue": "0.50"},
    }
    sns.publish(PhoneNumber=phone, Message=text, MessageAttributes=attributes)


def look_later(escalation_id: str, seconds: int) -> None:
    message = json.dumps({"kind": "look", "escalation_id": escalation_id})
    sqs.send_message(
        QueueUrl=os.environ["HANDOFF_TIMERS_QUEUE_URL"], MessageBody=message, DelaySeconds=seconds
    )


def nudge(room: str, payload: dict[str, Any]) -> None:
    async def send() -> None:
        async with LiveKitAPI(LIVEKIT["url"], LIVEKIT["api_key"], LIVEKIT["api_secret"]) as api:
            data = json.dumps(payload).encode()
            await api.room.send_data(
                SendDataRequest(room=room, data=data, kind=DataPacket.Kind.RELIABLE, topic="handoff")
            )

    asyncio.run(send())


def people_in(room: str) -> list[str]:
    async def look() -> list[str]:
        async with LiveKitAPI(LIVEKIT["url"], LIVEKIT["api_key"], LIVEKIT["api_secret"]) as api:
            found = await api.room.list_participants(ListParticipantsRequest(room=room))
            return [one.identity for one in found.participants]

    return asyncio.run(look())


def join_token(room: str, identity: str, name: str, escalation_id: str) -> str:
    grants = VideoGrants(
        room_join=True,
        room=room,
        can_publish=True,
        can_publish_sources=["microphone"],
        can_subscribe=True,
        can_publish_data=True,
    )
    token = AccessToken(LIVEKIT["api_key"], LIVEKIT["api_secret"]).with_identity(identity).with_name(name)
    attributes = {"handoff.escalation": escalation_id}
    return token.with_ttl(timedelta(seconds=60)).with_grants(grants).with_attributes(attributes).to_jwt()
