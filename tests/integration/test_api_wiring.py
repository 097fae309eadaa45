"""The doors as deployed: the environment's names, secrets that rotate, and the embedded AWS behind them."""

import base64
import json
import os
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from agent_container.tracing import traceparent
from lambda_api.adapters.dynamodb import DynamoStore
from lambda_api.adapters.sns import SnsNotifier
from lambda_api.adapters.sqs import SqsTimers
from lambda_api.doors import api, timers, webhooks
from lambda_api.doors.origin import HEADER
from tests.integration.deployed import environment, forget
from tests.integration.embedded_aws import Aws
from tests.unit.lambda_api.http.surroundings import ADMIN_KEY, ORIGIN_KEY, signed, webhook

EDGE = {HEADER: ORIGIN_KEY}


@pytest.fixture
def admin_secret(aws: Aws) -> str:
    return aws.secret(ADMIN_KEY)


@pytest.fixture(autouse=True)
def deployed(
    aws: Aws,
    store: DynamoStore,
    notifier: SnsNotifier,
    timers: SqsTimers,
    admin_secret: str,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    told = environment(
        aws,
        table=store.table_name,
        topic=notifier.topic_arn,
        queue=timers.queue_url,
        admin=admin_secret,
    )
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    forget()
    yield
    forget()


def asked(
    method: str, path: str, body: object = None, *, key: str = ADMIN_KEY, **more: str
) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {key}", "content-type": "application/json", "idempotency-key": "k"}
    headers |= EDGE | more
    event = {
        "version": "2.0",
        "rawQueryString": "",
        "headers": headers,
        "requestContext": {"http": {"method": method, "path": path, "sourceIp": "192.0.2.1"}},
        "body": "" if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }
    return api.handler(event, None)


def test_an_escalation_goes_from_the_door_to_a_phone_and_a_webhook_ends_it(aws: Aws) -> None:
    phone = f"+1500555{uuid4().int % 10_000:04d}"
    asked("PUT", "/v1/human-agents/maria", {"name": "Maria", "phone": phone})

    opened = asked("POST", "/v1/escalations", {"room": "r", "room_sid": "RM_1", "reason": "other"})

    row = json.loads(opened["body"])
    assert (opened["statusCode"], row["status"], row["people_told"]) == (201, "notified", 1)
    assert len(aws.sms_to(phone)) == 1

    body = webhook("participant_joined", participant={"sid": "PA_1", "identity": "caller-1"})
    event = {
        "headers": {"authorization": signed(body)} | EDGE,
        "body": base64.b64encode(body).decode(),
        "isBase64Encoded": True,
    }
    assert webhooks.handler(event, None)["statusCode"] == 200
    assert timers.handler({"Records": []}, None) == {"batchItemFailures": []}


def test_the_workers_trace_is_on_every_text_that_comes_of_its_request(aws: Aws) -> None:
    phone = f"+1500555{uuid4().int % 10_000:04d}"
    asked("PUT", "/v1/human-agents/maria", {"name": "Maria", "phone": phone})
    parent = traceparent("RM_1:after:start")

    opened = asked("POST", "/v1/escalations", {"room": "r", "reason": "other"}, traceparent=parent)
    row = json.loads(opened["body"])["id"]
    # This one waits in the outbox, and another door sends it of the row as the table has kept it.
    asked("POST", f"/v1/escalations/{row}/cancel", {"cause": "operator"})
    look = {"messageId": "1", "body": json.dumps({"kind": "look", "escalation_id": row})}
    assert timers.handler({"Records": [look]}, None) == {"batchItemFailures": []}

    come, never_mind = aws.sms_to(phone)
    for sent in (come, never_mind):
        assert sent["MessageAttributes"]["traceparent"]["StringValue"] == parent
        assert parent.split("-")[1] not in sent["Message"]


@pytest.mark.parametrize("parent", ["", "00-x-y-01", f"00-{'0' * 32}-{'1' * 16}-01", "+15005550101"])
def test_what_is_no_trace_goes_nowhere(aws: Aws, parent: str) -> None:
    phone = f"+1500555{uuid4().int % 10_000:04d}"
    asked("PUT", "/v1/human-agents/maria", {"name": "Maria", "phone": phone})

    asked("POST", "/v1/escalations", {"room": "r", "reason": "other"}, traceparent=parent)

    [sent] = aws.sms_to(phone)
    assert "traceparent" not in sent["MessageAttributes"]


def pressed(path: str, form: dict[str, str], *, cookies: Sequence[str] = ()) -> dict[str, Any]:
    """As API Gateway hands a browser's form over: in base64, and the cookies apart from the headers."""
    event = {
        "version": "2.0",
        "rawQueryString": "",
        "cookies": list(cookies),
        "headers": {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"} | EDGE,
        "requestContext": {"http": {"method": "POST", "path": path, "sourceIp": "192.0.2.1"}},
        "body": base64.b64encode(urlencode(form).encode()).decode(),
        "isBase64Encoded": True,
    }
    return api.handler(event, None)


def test_a_browsers_forms_and_its_cookie_come_through_the_door(aws: Aws) -> None:
    phone = f"+1500555{uuid4().int % 10_000:04d}"
    asked("PUT", "/v1/human-agents/maria", {"name": "Maria", "phone": phone})
    row = json.loads(asked("POST", "/v1/escalations", {"room": "r", "reason": "other"})["body"])
    found = re.search(r"/j/[\w-]{22}", aws.sms_to(phone)[0]["Message"])
    assert found
    link = found[0]

    coming = pressed(f"{link}/eta", {"minutes": "2"})
    claimed = pressed(f"{link}/claim", {})
    identity = json.loads(claimed["body"])["identity"]
    left = {"agent_identity": "agent-1", "human_identity": identity, "cause": "room"}
    asked("POST", f"/v1/escalations/{row['id']}/ai-left", left)
    end = {"disposition": "resolved", "notes": "all is well"}
    stranger = pressed(f"{link}/complete", end)
    done = pressed(f"{link}/complete", end, cookies=[claimed["cookies"][0].split(";")[0]])

    assert json.loads(coming["body"]) == {"status": "notified", "minutes": 2}
    assert stranger["statusCode"] == 403
    assert json.loads(done["body"]) == {"status": "completed", "disposition": "resolved"}
    words = json.loads(asked("GET", f"/v1/escalations/{row['id']}/words")["body"])
    assert words["notes"] == "all is well"


def test_what_was_said_is_erased_for_good(aws: Aws) -> None:
    said = [{"role": "caller", "text": "my number is a secret"}]
    opening = {"room": "r", "reason": "other", "summary": "a secret", "transcript": said}
    path = f"/v1/escalations/{json.loads(asked('POST', '/v1/escalations', opening)['body'])['id']}"
    wish = {"name": "Ada", "phone": "+15005550199", "when": "tomorrow"}
    assert asked("POST", f"{path}/callback", wish)["statusCode"] == 200

    assert asked("DELETE", f"{path}/personal-data")["statusCode"] == 204

    left = asked("GET", path)["body"] + asked("GET", f"{path}/words")["body"]
    assert "secret" not in left
    assert "15005550199" not in left
    stored = json.dumps(aws.dynamodb.scan(TableName=os.environ["HANDOFF_TABLE"])["Items"], default=str)
    assert "secret" not in stored
    assert "15005550199" not in stored


def test_a_webhook_is_set_and_found_again() -> None:
    put = asked("PUT", "/v1/webhooks/crm", {"url": "https://crm.example/handoff"})

    assert (put["statusCode"], "secret" in put["body"]) == (201, True)
    assert json.loads(asked("GET", "/v1/webhooks/crm")["body"])["url"] == "https://crm.example/handoff"
    assert asked("DELETE", "/v1/webhooks/crm")["statusCode"] == 204


def test_a_key_is_good_in_both_versions_after_a_rotation(aws: Aws, admin_secret: str) -> None:
    assert asked("GET", "/v1/escalations")["statusCode"] == 200
    new = "new-" + "k" * 39

    aws.secrets.put_secret_value(SecretId=admin_secret, SecretString=new)
    forget()

    assert asked("GET", "/v1/escalations", key=new)["statusCode"] == 200
    assert asked("GET", "/v1/escalations", key=ADMIN_KEY)["statusCode"] == 200
    assert asked("GET", "/v1/escalations", key="x" * 43)["statusCode"] == 401
