"""What goes over the wire is what AWS's own SDK would have written, and read."""

import json
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import botocore.session
import pytest
from botocore.awsrequest import AWSPreparedRequest

from lambda_api.aws.errors import SILENT, AwsError
from lambda_api.aws.json_protocol import JsonProtocol
from lambda_api.aws.query_protocol import QueryProtocol
from tests.unit.lambda_api.aws.endpoint import KEYS, Endpoint

_SNS = "http://sns.amazonaws.com/doc/2010-03-31/"
_MESSAGE = {
    "kind": {"DataType": "String", "StringValue": "ü & 1=1"},
    "price": {"DataType": "Number", "StringValue": "0.50"},
}
_CALLS: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "dynamodb",
        "PutItem",
        "put_item",
        {
            "TableName": "t",
            "Item": {"pk": {"S": "ü"}, "n": {"N": "1"}, "l": {"L": [{"BOOL": True}]}},
            "ConditionExpression": "attribute_not_exists(pk)",
        },
    ),
    (
        "dynamodb",
        "TransactWriteItems",
        "transact_write_items",
        {
            "TransactItems": [{"Delete": {"TableName": "t", "Key": {"pk": {"S": "a"}}}}],
            "ClientRequestToken": "once",
        },
    ),
    (
        "sqs",
        "SendMessage",
        "send_message",
        {"QueueUrl": "https://q.example/1/q", "MessageBody": "{}", "DelaySeconds": 4},
    ),
    (
        "secretsmanager",
        "GetSecretValue",
        "get_secret_value",
        {"SecretId": "s", "VersionStage": "AWSCURRENT"},
    ),
    (
        "sns",
        "Publish",
        "publish",
        {"PhoneNumber": "+15005550101", "Message": "come\n& talk", "MessageAttributes": _MESSAGE},
    ),
    (
        "sns",
        "Subscribe",
        "subscribe",
        {
            "TopicArn": "arn",
            "Protocol": "email",
            "Endpoint": "m@example.com",
            "Attributes": {"FilterPolicy": '{"id": ["maria"]}', "RawMessageDelivery": "true"},
            "ReturnSubscriptionArn": True,
        },
    ),
    ("sns", "Unsubscribe", "unsubscribe", {"SubscriptionArn": "arn"}),
    ("sns", "CheckIfPhoneNumberIsOptedOut", "check_if_phone_number_is_opted_out", {"phoneNumber": "+1"}),
    ("sns", "GetSubscriptionAttributes", "get_subscription_attributes", {"SubscriptionArn": "arn"}),
]


@pytest.mark.parametrize(("service", "operation", "method", "asked"), _CALLS, ids=lambda one: str(one)[:30])
def test_a_request_is_botocores(
    endpoint: Endpoint, service: str, operation: str, method: str, asked: dict[str, Any]
) -> None:
    theirs: list[AWSPreparedRequest] = []
    endpoint.answers = [(200, f"<a><{operation}Result/></a>".encode() if service == "sns" else b"{}")]

    endpoint.client(service)(operation, **asked)
    getattr(_botocores(endpoint, service, theirs), method)(**asked)

    (sent,) = theirs
    ours, _ = endpoint.asked
    assert (ours.method, ours.path) == ("POST", "/")
    assert ours.headers.get("x-amz-target", "") == _text(sent.headers.get("X-Amz-Target", ""))
    assert ours.headers["content-type"] == _text(sent.headers["Content-Type"])
    assert _read(service, ours.body) == _read(service, _bytes(sent.body))


def _botocores(endpoint: Endpoint, service: str, sent: list[AWSPreparedRequest]) -> Any:
    client: Any = _session().create_client(service, region_name=KEYS["AWS_REGION"], endpoint_url=endpoint.url)
    client.meta.events.register("before-send", lambda request, **_: sent.append(request))
    return client


@cache
def _session() -> botocore.session.Session:
    session = botocore.session.Session()
    session.set_credentials(KEYS["AWS_ACCESS_KEY_ID"], KEYS["AWS_SECRET_ACCESS_KEY"])
    return session


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _bytes(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else bytes(value)


def _read(service: str, body: bytes) -> object:
    return sorted(parse_qsl(body.decode(), keep_blank_values=True)) if service == "sns" else json.loads(body)


def test_an_answer_in_xml_is_its_result() -> None:
    first = "<entry><key>PendingConfirmation</key><value>false</value></entry>"
    second, out = "<entry><key>x</key><value/></entry>", "<isOptedOut>true</isOptedOut>"
    result = f"<Attributes>{first}{second}</Attributes>{out}"
    body = f'<Response xmlns="{_SNS}"><Result>{result}</Result><ResponseMetadata/></Response>'

    assert QueryProtocol("1").answer(body.encode()) == {
        "Attributes": {"PendingConfirmation": "false", "x": ""},
        "isOptedOut": "true",
    }


def test_an_answer_without_a_result_is_empty() -> None:
    assert QueryProtocol("1").answer(b"<UnsubscribeResponse/>") == {}


@pytest.mark.parametrize("body", [b"", b"<html>", b"no"])
def test_what_cannot_be_read_is_no_answer(body: bytes) -> None:
    for protocol in (QueryProtocol("1"), JsonProtocol("t")):
        for read in (protocol.answer, lambda body, protocol=protocol: _raised(protocol.refusal(body))):
            with pytest.raises(AwsError) as caught:
                read(body)
            assert caught.value.code == SILENT


def _raised(error: AwsError) -> None:
    raise error


def test_a_refusal_tells_its_code() -> None:
    error = "<Error><Type>Sender</Type><Code>NotFound</Code></Error>"
    xml = f'<ErrorResponse xmlns="{_SNS}">{error}</ErrorResponse>'
    told = {
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "CancellationReasons": [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Message": "m"}],
    }

    assert QueryProtocol("1").refusal(xml.encode()).code == "NotFound"
    refused = JsonProtocol("t").refusal(json.dumps(told).encode())
    assert refused.code == "TransactionCanceledException"
    assert refused.reasons == ("None", "ConditionalCheckFailed")
    assert JsonProtocol("t").refusal(b'{"__type": "Plain"}').code == "Plain"
