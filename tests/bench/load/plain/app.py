"""The same job as most would write it: FastAPI `def` routes, boto3's resource, livekit-api, Mangum."""

import hmac
import secrets
from typing import Annotated, Any

from fastapi import Cookie, Depends, FastAPI, Header, HTTPException, Path, Request, Response
from mangum import Mangum

from tests.bench.load.plain import opening, taking
from tests.bench.load.plain.rows import put_if
from tests.bench.load.plain.schemas import (
    ClaimedOut,
    CompletedOut,
    CompleteIn,
    EscalationIn,
    EscalationOut,
    PersonIn,
    Row,
)
from tests.bench.load.plain.surroundings import LIVEKIT, ORIGIN_KEY, SERVICE_KEY, join_token, receiver

app = FastAPI()
Code = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{22}$")]


def authorized(authorization: Annotated[str, Header()] = "") -> None:
    if not hmac.compare_digest(authorization.encode(), f"Bearer {SERVICE_KEY}".encode()):
        raise HTTPException(401, "Who are you?")


async def raw_body(request: Request) -> bytes:
    return await request.body()


@app.put("/v1/human-agents/{person_id}", dependencies=[Depends(authorized)])
def put_person(person_id: str, body: PersonIn) -> PersonIn:
    put_if({"pk": "HUMAN", "sk": person_id, **body.model_dump()})
    return body


@app.post("/v1/escalations", dependencies=[Depends(authorized)], response_model=EscalationOut)
def open_escalation(
    body: EscalationIn, response: Response, idempotency_key: Annotated[str, Header(max_length=255)]
) -> Row:
    row, created = opening.open_escalation(body, idempotency_key)
    response.status_code = 201 if created else 200
    return row


@app.post("/j/{code}/claim")
def claim(code: Code, response: Response) -> ClaimedOut:
    browser = secrets.token_urlsafe(24)
    row = taking.claim(taking.link_of(code), browser)
    response.set_cookie("handoff_seat", browser, path=f"/j/{code}", httponly=True, samesite="lax")
    held = row["claim"]
    return ClaimedOut(
        livekit_url=LIVEKIT["url"],
        token=join_token(row["room"], held["identity"], held["name"], row["id"]),
        room=row["room"],
        identity=held["identity"],
        name=held["name"],
        escalation_id=row["id"],
    )


@app.post("/j/{code}/complete")
def complete(code: Code, body: CompleteIn, handoff_seat: Annotated[str, Cookie()] = "") -> CompletedOut:
    row = taking.complete(taking.link_of(code), handoff_seat, body)
    return CompletedOut(status=row["status"], disposition=row["disposition"])


@app.post("/webhooks/livekit")
def webhook(
    body: Annotated[bytes, Depends(raw_body)], authorization: Annotated[str, Header()] = ""
) -> dict[str, str]:
    try:
        event = receiver.receive(body.decode(), authorization)
    except Exception as error:
        raise HTTPException(401, "LiveKit did not sign this.") from error
    taking.apply(event)
    return {}


_through_mangum = Mangum(app, lifespan="off")


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """As a function behind the edge, whose key each request must bear."""
    if not hmac.compare_digest(event["headers"].get("x-handoff-origin", "").encode(), ORIGIN_KEY.encode()):
        return {"statusCode": 403, "headers": {}, "body": "", "isBase64Encoded": False}
    return _through_mangum(event, context)
