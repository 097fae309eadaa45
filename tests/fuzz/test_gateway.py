"""What the gateway hands to a door is what was asked, and what a door answers is what comes back."""

from typing import Any

import pytest
from schemathesis.python import asgi

from lambda_api.doors import api
from lambda_api.doors.origin import HEADER
from tests.fuzz.gateway import Gateway
from tests.unit.lambda_api.http.surroundings import ORIGIN_KEY

BODIES = {b"{}": ("{}", "e30="), "é".encode(): ("é", "w6k="), b"\xff": ("/w==", "/w==")}


@pytest.mark.parametrize("packed", [False, True], ids=["text", "base64"])
def test_a_door_gets_the_body_as_text_or_in_base64(packed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[dict[str, Any]] = []

    def door(event: dict[str, Any], _context: object) -> dict[str, Any]:
        events.append(event)
        headers = {"content-type": "text/plain"}
        return {
            "statusCode": 418,
            "headers": headers,
            "cookies": ["a=b"],
            "body": "AP8=",
            "isBase64Encoded": True,
        }

    monkeypatch.setattr(api, "handler", door)
    with asgi.get_client(Gateway(packed=packed)) as client:
        for body in BODIES:
            answer = client.post("http://testserver/j/%C3%A9?q=%20", data=body, cookies={"c": "d"})

    assert [event["body"] for event in events] == [forms[packed] for forms in BODIES.values()]
    assert [event["isBase64Encoded"] for event in events] == [packed, packed, True]
    assert {(event["rawPath"], event["rawQueryString"]) for event in events} == {("/j/%C3%A9", "q=%20")}
    assert events[0]["headers"][HEADER] == ORIGIN_KEY
    assert events[0]["cookies"] == ["c=d"]
    assert (answer.status_code, answer.content, answer.cookies["a"]) == (418, b"\x00\xff", "b")
