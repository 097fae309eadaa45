"""SNS and SQS: a text arrives, e-mail reaches one person only, a look comes when it is due."""

import json
from dataclasses import replace
from typing import Any

import pytest

from lambda_api.adapters.sns import SnsNotifier
from lambda_api.adapters.sqs import SqsTimers
from lambda_api.escalations.errors import UnavailableError
from tests.integration.conftest import Aws


def test_a_text_is_sent_straight_to_the_number(aws: Aws, notifier: SnsNotifier) -> None:
    notifier.sms(phone="+15005550111", text="A caller is waiting. Join: https://example.com/j/x")

    [sent] = aws.sms_to("+15005550111")
    assert sent["Message"] == "A caller is waiting. Join: https://example.com/j/x"
    kinds = json.dumps(sent)
    assert "Transactional" in kinds
    assert "0.50" in kinds


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

    with pytest.raises(UnavailableError):
        notifier.is_confirmed(handle)


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
