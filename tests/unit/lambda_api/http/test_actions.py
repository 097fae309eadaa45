"""What a function asks of AWS, as its role has to allow it."""

from pathlib import Path

from lambda_api.config.actions import ActionsLog

_KEY = {"pk": {"S": "a"}, "sk": {"S": "b"}}


def test_a_transaction_is_what_its_parts_are(tmp_path: Path) -> None:
    log = ActionsLog(str(tmp_path / "log"), door="api")
    parts = [
        {"Put": {"TableName": "t", "Item": _KEY}},
        {"Delete": {"TableName": "t", "Key": _KEY}},
        {"ConditionCheck": {"TableName": "t", "Key": _KEY, "ConditionExpression": "attribute_exists(pk)"}},
    ]

    for _ in range(2):
        log.note("dynamodb", "TransactWriteItems", {"TransactItems": parts})

    assert (tmp_path / "log").read_text().splitlines() == [
        "api dynamodb:ConditionCheckItem",
        "api dynamodb:DeleteItem",
        "api dynamodb:PutItem",
    ]


def test_everything_else_is_called_as_it_is_allowed(tmp_path: Path) -> None:
    ActionsLog(str(tmp_path / "log"), door="api").note("sns", "Publish", {"PhoneNumber": "+15005550101"})

    assert (tmp_path / "log").read_text() == "api sns:Publish\n"
