"""The door as most would write it: all imported on top, boto3's resource, livekit-api; for comparison."""

import boto3
from fastapi import FastAPI, Request
from livekit.api import LiveKitAPI, TokenVerifier, WebhookReceiver
from mangum import Mangum
from pydantic import BaseModel

table = boto3.resource("dynamodb").Table("escalations")
sns = boto3.client("sns")
receiver = WebhookReceiver(TokenVerifier("key", "secret-of-thirty-two-characters-"))
app = FastAPI()


class Escalation(BaseModel):
    """What the worker sends."""

    room: str
    reason: str
    summary: str = ""


@app.post("/v1/escalations")
def open_escalation(escalation: Escalation) -> dict[str, str]:
    table.put_item(Item=escalation.model_dump())
    sns.publish(PhoneNumber="+15005550101", Message=escalation.reason)
    return {"room": escalation.room}


@app.post("/webhooks/livekit")
async def take_webhook(request: Request) -> dict[str, str]:
    body = (await request.body()).decode()
    event = receiver.receive(body, request.headers["authorization"])
    async with LiveKitAPI() as livekit:
        return {"event": event.event, "livekit": str(livekit.room)}


handler = Mangum(app, lifespan="off")
