"""LiveKit's webhooks through the front door and the embedded AWS: forged, doubled, text and base64."""

from typing import Any

import httpx
import pytest

from local.stack.stack_file import StackFile
from tests.e2e import signing
from tests.e2e.conftest import Asked, Call

_PATH = "/webhooks/livekit"


@pytest.fixture
def opened(asked: Asked) -> Asked:
    assert asked.post().status_code == httpx.codes.CREATED
    return asked


def _post(stack: StackFile, body: bytes, **how: str) -> int:
    url = f"{stack.api_url}{_PATH}"
    return httpx.post(url, content=body, headers=signing.headers(stack, body, **how), timeout=20).status_code


def _caller_left(call: Call, **more: str) -> bytes:
    """What LiveKit would say if this caller hung up."""
    return signing.event(
        "participant_left", call.room, participant={"identity": call.identity, "sid": call.sid}, **more
    )


def _told_by_webhook(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for entry in row["timeline"] if entry["cause"] == "webhook"]


def test_a_webhook_with_a_wrong_signature_is_refused_and_changes_nothing(
    opened: Asked, call: Call, stack: StackFile
) -> None:
    body = _caller_left(call)

    status = _post(stack, body, secret="x" * 43)

    assert status == httpx.codes.UNAUTHORIZED
    row = opened.row()
    assert row["ended_at"] is None
    assert _told_by_webhook(row) == []


def test_a_webhook_whose_body_was_changed_is_refused(opened: Asked, call: Call, stack: StackFile) -> None:
    body = _caller_left(call)
    headers = signing.headers(stack, body)

    answer = httpx.post(f"{stack.api_url}{_PATH}", content=body + b" ", headers=headers, timeout=20)

    assert answer.status_code == httpx.codes.UNAUTHORIZED
    assert opened.row()["ended_at"] is None


def test_the_same_webhook_five_times_has_one_effect(opened: Asked, call: Call, stack: StackFile) -> None:
    body = _caller_left(call)

    statuses = [_post(stack, body) for _ in range(5)]

    assert statuses == [200] * 5
    row = opened.row()
    assert row["ended_at"] is not None
    assert len(_told_by_webhook(row)) == 1


@pytest.mark.parametrize(
    "media_type", ["application/json", "text/plain", signing.MEDIA_TYPE, "application/octet-stream"]
)
def test_text_and_base64_bodies_both_verify(
    media_type: str, opened: Asked, call: Call, stack: StackFile
) -> None:
    body = _caller_left(call, note="naïve – 電話")

    assert _post(stack, body, media_type=media_type) == httpx.codes.OK
    assert opened.row()["ended_at"] is not None
