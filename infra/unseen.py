"""What a function's role allows and no demo shows it ask for, each with its reason; all else must be seen."""

from __future__ import annotations

from dataclasses import dataclass

DOORS = ("gate", "api", "webhooks", "timers")


@dataclass(frozen=True, slots=True)
class Unseen:
    actions: tuple[str, ...]
    doors: tuple[str, ...]
    reason: str


UNSEEN = (
    Unseen(
        ("dynamodb:DeleteItem", "dynamodb:UpdateItem", "sns:Publish"),
        ("timers",),
        "The ladder's work: only when those told first do not answer, or a message could not be sent at once",
    ),
    Unseen(
        ("sns:CheckIfPhoneNumberIsOptedOut", "sns:GetSubscriptionAttributes"),
        ("timers",),
        "Only for addresses that wait to be confirmed, and in a drill; a laptop's confirm themselves",
    ),
    Unseen(
        ("dynamodb:UpdateItem", "sns:Publish"),
        ("webhooks",),
        "Who leaves before they were heard is replaced at once by the next person, who is told from here",
    ),
    Unseen(
        ("sqs:SendMessage",),
        ("gate",),
        "Lambda itself puts away what it could not hand over, and whoever asks the gate waits for the answer",
    ),
    Unseen(
        ("logs:CreateLogStream", "logs:PutLogEvents"),
        DOORS,
        "Lambda itself writes what a function prints",
    ),
    Unseen(
        ("xray:PutTraceSegments", "xray:PutTelemetryRecords"),
        DOORS,
        "Lambda's own daemon sends a function's traces, and what the function tells it",
    ),
    Unseen(
        (
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:ChangeMessageVisibility",
            "sqs:GetQueueAttributes",
            "sqs:GetQueueUrl",
        ),
        ("timers",),
        "Lambda itself takes from the queue for the function, in its name",
    ),
)
