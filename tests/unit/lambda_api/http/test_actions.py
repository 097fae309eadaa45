"""What a function asks of AWS, as its role has to allow it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import botocore.session
import pytest
from botocore.stub import Stubber

from lambda_api.config.actions import ActionsLog

_KEY = {"pk": {"S": "a"}, "sk": {"S": "b"}}


@pytest.fixture
def client(tmp_path: Path) -> Callable[[str], Any]:
    session = botocore.session.Session()
    session.set_credentials("key", "secret")
    ActionsLog(str(tmp_path / "log"), door="api").follow(session)

    def make(service: str) -> Any:
        made: Any = session.create_client(service, region_name="eu-central-1")
        stubber = Stubber(made)
        for operation in ("transact_write_items", "get_item", "publish"):
            if hasattr(made, operation):
                stubber.add_response(operation, {})
                stubber.add_response(operation, {})
        return made, stubber

    return make


def test_a_transaction_is_what_its_parts_are(tmp_path: Path, client: Callable[[str], Any]) -> None:
    dynamodb, stubber = client("dynamodb")
    parts = [
        {"Put": {"TableName": "t", "Item": _KEY}},
        {"Delete": {"TableName": "t", "Key": _KEY}},
        {"ConditionCheck": {"TableName": "t", "Key": _KEY, "ConditionExpression": "attribute_exists(pk)"}},
    ]

    with stubber:
        dynamodb.transact_write_items(TransactItems=parts)
        dynamodb.transact_write_items(TransactItems=parts)

    assert (tmp_path / "log").read_text().splitlines() == [
        "api dynamodb:ConditionCheckItem",
        "api dynamodb:DeleteItem",
        "api dynamodb:PutItem",
    ]


def test_everything_else_is_called_as_it_is_allowed(tmp_path: Path, client: Callable[[str], Any]) -> None:
    sns, stubber = client("sns")

    with stubber:
        sns.publish(PhoneNumber="+15005550101", Message="m")

    assert (tmp_path / "log").read_text() == "api sns:Publish\n"
