"""A text arrives, e-mail reaches one person only, a look comes when it is due, a webhook goes out."""

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest
from msgspec.structs import replace

from lambda_api.adapters.hooks import HttpHooks
from lambda_api.adapters.sns import SmsTerms, SnsNotifier
from lambda_api.adapters.sqs import SqsTimers
from lambda_api.escalations.errors import UnavailableError
from tests.integration.embedded_aws import Aws


def test_a_text_is_sent_straight_to_the_number(aws: Aws, notifier: SnsNotifier) -> None:
    notifier.sms(phone="+15005550111", text="A caller is waiting. Join: https://example.com/j/x")

    [sent] = aws.sms_to("+15005550111")
    assert sent["Message"] == "A caller is waiting. Join: https://example.com/j/x"
    kinds = json.dumps(sent)
    assert "Transactional" in kinds
    assert "0.50" in kinds


def test_a_text_comes_as_whom_and_for_what_the_operator_says(aws: Aws, notifier: SnsNotifier) -> None:
    terms = SmsTerms(max_price_usd="0.10", sender_id="Handoff", origination_number="+15005550100")

    replace(notifier, terms=terms).sms(phone="+15005550112", text="x")

    [sent] = aws.sms_to("+15005550112")
    assert all(value in json.dumps(sent) for value in ("0.10", "Handoff", "+15005550100"))


def test_an_email_passes_the_filter_of_its_person_only(aws: Aws, notifier: SnsNotifier) -> None:
    eva = notifier.subscribe(human_agent_id="eva", email="eva@example.com")
    attributes = aws.sns.get_subscription_attributes(SubscriptionArn=eva)["Attributes"]
    assert json.loads(attributes["FilterPolicy"]) == {"human_agent_id": ["eva"]}
    inbox = _queue_for(aws, notifier, "eva")

    notifier.email(human_agent_id="otto", subject="S", text="otto's link")
    notifier.email(human_agent_id="eva", subject="S", text="eva's link")

    messages = aws.sqs.receive_message(QueueUrl=inbox, WaitTimeSeconds=5, MaxNumberOfMessages=10)["Messages"]
    assert [json.loads(one["Body"])["Message"] for one in messages] == ["eva's link"]


def test_a_subscription_says_whether_it_is_confirmed_and_ends(notifier: SnsNotifier) -> None:
    handle = notifier.subscribe(human_agent_id="eva", email="eva@example.com")
    assert notifier.is_confirmed(handle)

    notifier.unsubscribe(handle)

    assert not notifier.is_confirmed(handle)


def test_a_provider_that_refuses_is_unavailable(notifier: SnsNotifier) -> None:
    with pytest.raises(UnavailableError):
        replace(notifier, topic_arn="arn:aws:sns:us-east-1:000000000000:absent").email(
            human_agent_id="eva", subject="S", text="t"
        )


def test_a_look_is_a_delayed_message(aws: Aws, timers: SqsTimers) -> None:
    timers.look_later("esc_1", delay_s=1, chain=True)

    at_once = aws.sqs.receive_message(QueueUrl=timers.queue_url, WaitTimeSeconds=0)
    later: Any = aws.sqs.receive_message(QueueUrl=timers.queue_url, WaitTimeSeconds=5)
    assert not at_once.get("Messages")
    [message] = later["Messages"]
    assert json.loads(message["Body"]) == {"kind": "look", "escalation_id": "esc_1", "chain": True}


def test_no_delay_is_longer_than_the_queue_allows(timers: SqsTimers) -> None:
    timers.look_later("esc_1", delay_s=86_400, chain=False)


def test_a_queue_that_is_gone_is_unavailable(aws: Aws, timers: SqsTimers) -> None:
    aws.sqs.delete_queue(QueueUrl=timers.queue_url)

    with pytest.raises(UnavailableError):
        timers.look_later("esc_1", delay_s=1, chain=False)


def _queue_for(aws: Aws, notifier: SnsNotifier, person: str) -> str:
    """What an e-mail subscription of this person would get, in a queue."""
    queue = aws.sqs.create_queue(QueueName=f"inbox-{notifier.topic_arn[-8:]}")["QueueUrl"]
    arn = aws.sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    aws.sns.subscribe(
        TopicArn=notifier.topic_arn,
        Protocol="sqs",
        Endpoint=arn,
        Attributes={"FilterPolicy": json.dumps({"human_agent_id": [person]})},
    )
    return queue


class Desk(BaseHTTPRequestHandler):
    """Another system on this machine, which answers what its path says."""

    got: ClassVar[list[tuple[str, bytes, dict[str, str]]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.got.append((self.path, body, dict(self.headers)))
        status = int(self.path.strip("/").partition("?")[0])
        self.send_response(status)
        self.send_header("Location", "/200")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        del format, args


@pytest.fixture
def desk() -> Iterator[str]:
    Desk.got.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=5)
    server.server_close()


def test_a_webhook_is_posted_as_it_was_signed(desk: str) -> None:
    headers = {"Handoff-Signature": "t=1,v1=x", "Content-Type": "application/json"}

    HttpHooks(allow_loopback=True).post(f"http://{desk}/204?x=1", body=b'{"a":1}', headers=headers)

    [(path, body, got)] = Desk.got
    assert (path, body, got["Handoff-Signature"], got["Host"]) == ("/204?x=1", b'{"a":1}', "t=1,v1=x", desk)


@pytest.mark.parametrize("status", [301, 307, 404, 500])
def test_only_a_success_is_one_and_no_redirect_is_followed(desk: str, status: int) -> None:
    with pytest.raises(UnavailableError):
        HttpHooks(allow_loopback=True).post(f"http://{desk}/{status}", body=b"", headers={})

    assert len(Desk.got) == 1


def test_our_own_network_is_not_asked(desk: str) -> None:
    for host in (desk, desk.replace("127.0.0.1", "localhost"), "169.254.169.254", "10.0.0.1", "[::1]:9"):
        for hooks in (HttpHooks(), HttpHooks(allow_loopback="127." not in host and "local" not in host)):
            with pytest.raises(UnavailableError):
                hooks.post(f"http://{host}/200", body=b"", headers={})

    assert not Desk.got


def test_who_does_not_speak_tls_or_does_not_answer_is_unavailable(desk: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hooks = HttpHooks(allow_loopback=True, timeout_s=0.3)
        for url in (
            f"https://{desk}/200",
            f"http://127.0.0.1:{silent.getsockname()[1]}/",
            f"https://127.0.0.1:{silent.getsockname()[1]}/",
        ):
            with pytest.raises(UnavailableError):
                hooks.post(url, body=b"", headers={})
