"""A call is made again only when that may help, over a connection that is still one."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from lambda_api.aws.client import ATTEMPTS, client_of
from lambda_api.aws.errors import SILENT, AwsError
from lambda_api.aws.session import session_of
from tests.unit.lambda_api.aws.endpoint import KEYS, SILENCE, Endpoint

THROTTLED = (400, b'{"__type": "x#ProvisionedThroughputExceededException"}')
LOST = (400, b'{"__type": "x#ConditionalCheckFailedException"}')
OK = (200, b'{"Item": {}}')


@pytest.mark.parametrize("fault", [SILENCE, THROTTLED, (500, b""), (503, b"<html>")])
def test_a_fault_is_asked_about_again(endpoint: Endpoint, fault: tuple[int, bytes]) -> None:
    endpoint.answers = [fault, fault, fault, fault, OK]

    assert endpoint.client()("GetItem", TableName="t") == {"Item": {}}
    assert len({one.body for one in endpoint.asked}) == 1
    assert len(endpoint.asked) == 5


@pytest.mark.parametrize(
    ("fault", "code"), [(SILENCE, SILENT), (THROTTLED, "ProvisionedThroughputExceededException")]
)
def test_a_fault_that_stays_is_said_after_the_last_time(
    endpoint: Endpoint, fault: tuple[int, bytes], code: str
) -> None:
    endpoint.answers = [fault]

    with pytest.raises(AwsError, match=code):
        endpoint.client()("GetItem", TableName="t")

    assert len(endpoint.asked) == ATTEMPTS


def test_a_service_that_lets_us_wait_is_not_asked_for_ever(endpoint: Endpoint) -> None:
    endpoint.answers = [SILENCE]
    client = replace(endpoint.client(), patience_s=0)

    with pytest.raises(AwsError, match=SILENT):
        client("GetItem", TableName="t")

    assert len(endpoint.asked) == 1


def test_a_refusal_is_taken_at_its_word(endpoint: Endpoint) -> None:
    endpoint.answers = [LOST]

    with pytest.raises(AwsError, match="ConditionalCheckFailedException"):
        endpoint.client()("PutItem", TableName="t")

    assert len(endpoint.asked) == 1


def test_nobody_listens_where_aws_should_be() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    client = client_of(session_of(KEYS | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}), "sqs")

    with pytest.raises(AwsError, match=SILENT):
        client("SendMessage", QueueUrl="q", MessageBody="m")


def test_one_connection_is_kept(endpoint: Endpoint) -> None:
    client = endpoint.client()

    for _ in range(3):
        client("GetItem", TableName="t")

    assert len({one.connection for one in endpoint.asked}) == 1


def test_a_connection_that_was_ended_is_not_asked_again(endpoint: Endpoint) -> None:
    endpoint.says_goodbye = True
    client = endpoint.client()

    for _ in range(3):
        client("GetItem", TableName="t")

    assert len({one.connection for one in endpoint.asked}) == 3


def test_threads_do_not_hear_one_anothers_answers(endpoint: Endpoint) -> None:
    client = endpoint.client()

    def ask(number: int) -> None:
        client("GetItem", TableName=str(number))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(ask, range(40)))

    asked = sorted(int(json.loads(one.body)["TableName"]) for one in endpoint.asked)
    assert asked == list(range(40))


def test_whoever_follows_hears_of_each_call_once(endpoint: Endpoint) -> None:
    endpoint.answers = [THROTTLED, OK]
    client = endpoint.client()
    heard: list[object] = []
    client.session.heard.append(lambda *told: heard.append(told))

    client("GetItem", TableName="t")

    assert heard == [("dynamodb", "GetItem", {"TableName": "t"})]


def test_without_an_endpoint_it_is_aws_in_the_region() -> None:
    session = session_of({"AWS_DEFAULT_REGION": "eu-west-1"})

    assert session.endpoint("sns") == "https://sns.eu-west-1.amazonaws.com"
    with pytest.raises(KeyError):
        session_of({}).endpoint("sns")
