"""The Notifier port on SNS: SMS straight to the number, e-mail by one subscription a person on one topic."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from msgspec import Struct, field

from lambda_api.aws.client import Ask
from lambda_api.aws.errors import AwsError
from lambda_api.escalations.errors import UnavailableError

_PERSON: Final = "human_agent_id"


class SmsTerms(Struct, frozen=True, kw_only=True):
    """As whom SMS are sent, and for how much at most: a wrong number in a dear country costs nothing."""

    max_price_usd: str = "0.50"
    sender_id: str = ""
    origination_number: str = ""

    def attributes(self) -> dict[str, Any]:
        # The account's default is Promotional, which carriers hold back.
        attributes = {
            "AWS.SNS.SMS.SMSType": _string("Transactional"),
            "AWS.SNS.SMS.MaxPrice": {"DataType": "Number", "StringValue": self.max_price_usd},
        }
        if self.sender_id:
            attributes["AWS.SNS.SMS.SenderID"] = _string(self.sender_id)
        if self.origination_number:
            attributes["AWS.MM.SMS.OriginationNumber"] = _string(self.origination_number)
        return attributes


class SnsNotifier(Struct, frozen=True, kw_only=True):
    client: Ask
    topic_arn: str
    terms: SmsTerms = field(default_factory=SmsTerms)

    def sms(self, *, phone: str, text: str, trace: str = "") -> None:
        attributes = self.terms.attributes() | _traced(trace)
        with _asking():
            self.client("Publish", PhoneNumber=phone, Message=text, MessageAttributes=attributes)

    def has_opted_out(self, phone: str) -> bool:
        with _asking():
            answer = self.client("CheckIfPhoneNumberIsOptedOut", phoneNumber=phone)
        return answer.get("isOptedOut") == "true"

    def email(self, *, human_agent_id: str, subject: str, text: str, trace: str = "") -> None:
        attributes = {_PERSON: _string(human_agent_id)} | _traced(trace)
        with _asking():
            self.client(
                "Publish",
                TopicArn=self.topic_arn,
                Subject=subject,
                Message=text,
                MessageAttributes=attributes,
            )

    def subscribe(self, *, human_agent_id: str, email: str) -> str:
        """The topic carries everybody's links; the filter lets through this person's only."""
        with _asking():
            answer = self.client(
                "Subscribe",
                TopicArn=self.topic_arn,
                Protocol="email",
                Endpoint=email,
                Attributes={"FilterPolicy": json.dumps({_PERSON: [human_agent_id]})},
                ReturnSubscriptionArn=True,
            )
        return str(answer["SubscriptionArn"])

    def unsubscribe(self, subscription: str) -> None:
        with _asking():
            self.client("Unsubscribe", SubscriptionArn=subscription)

    def is_confirmed(self, subscription: str) -> bool:
        """Not, when somebody has followed the link that ends it, which is in every mail."""
        try:
            answer = self.client("GetSubscriptionAttributes", SubscriptionArn=subscription)
        except AwsError as error:
            if error.code == "NotFound":
                return False
            raise UnavailableError("notifier") from error
        return bool(answer["Attributes"].get("PendingConfirmation") == "false")


def _traced(trace: str) -> dict[str, Any]:
    """No part of what the person reads."""
    return {"traceparent": _string(trace)} if trace else {}


def _string(value: str) -> Any:
    return {"DataType": "String", "StringValue": value}


@contextmanager
def _asking() -> Iterator[None]:
    try:
        yield
    except AwsError as error:
        raise UnavailableError("notifier") from error
