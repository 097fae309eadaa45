from typing import Any

import pytest

from local.stack.container import split_reference
from local.stack.deployed import Resolver
from local.stack.errors import UnresolvedError

ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:LiveKit-abc123"


@pytest.fixture
def resolver() -> Resolver:
    return Resolver({"Secret": ARN, "Table": "handoff-table"})


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("plain", "plain"),
        (8081, "8081"),
        ({"Ref": "Table"}, "handoff-table"),
        ({"Ref": "AWS::Region"}, "us-east-1"),
        ({"Fn::GetAtt": ["Secret", "Arn"]}, ARN),
        ({"Fn::Join": ["", [{"Ref": "Secret"}, ":api_key::"]]}, f"{ARN}:api_key::"),
        ({"Fn::Sub": "arn:${AWS::Partition}:x:${Table}"}, "arn:aws:x:handoff-table"),
        ({"Fn::Sub": ["${Name}/${!literal}", {"Name": {"Ref": "Table"}}]}, "handoff-table/${literal}"),
    ],
)
def test_what_a_container_definition_uses_is_resolved(resolver: Resolver, expression: Any, text: str) -> None:
    assert resolver.text(expression) == text


@pytest.mark.parametrize(
    "expression",
    [{"Ref": "Nobody"}, {"Fn::GetAtt": ["Table", "StreamArn"]}, {"Fn::If": ["A", "b", "c"]}, ["a"]],
)
def test_what_cannot_be_resolved_is_told_and_not_guessed(resolver: Resolver, expression: Any) -> None:
    with pytest.raises(UnresolvedError):
        resolver.text(expression)


@pytest.mark.parametrize(
    ("reference", "secret", "field"),
    [
        (ARN, ARN, ""),
        (f"{ARN}:api_key::", ARN, "api_key"),
        ("Handoff-LiveKit:url::", "Handoff-LiveKit", "url"),
        ("Handoff-WorkerKey", "Handoff-WorkerKey", ""),
    ],
)
def test_a_secret_s_reference_names_the_secret_and_maybe_a_field(
    reference: str, secret: str, field: str
) -> None:
    assert split_reference(reference) == (secret, field)
