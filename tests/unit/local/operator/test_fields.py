"""What an operator fills in is checked before it is stored, and never told back."""

import pytest

from local.operator.fields import LIVEKIT, PROVIDERS, Ask, FaultyError, filled

LONG = "s" * 40
GOOD = {"url": "wss://x.livekit.cloud", "api_key": "APIx", "api_secret": LONG}


def answering(**answers: str) -> Ask:
    return lambda field, _known: answers.get(field.name, "")


def test_the_first_time_everything_is_asked_for() -> None:
    assert filled(LIVEKIT, {"url": "", "api_key": "", "api_secret": ""}, answering(**GOOD)) == GOOD


def test_what_is_not_said_stays_and_so_does_what_nobody_asks_for() -> None:
    known = GOOD | {"ws_url": "wss://elsewhere"}

    assert filled(LIVEKIT, known, answering(api_key="APInew")) == known | {"api_key": "APInew"}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"url": "livekit.cloud"}, "begins with"),
        ({"api_secret": "secret"}, "at least 32"),
        ({"api_key": ""}, "needed"),
        ({"webhook_api_secret": "short"}, "at least 32"),
    ],
)
def test_what_cannot_be_right_is_not_stored_and_not_repeated(wrong: dict[str, str], why: str) -> None:
    with pytest.raises(FaultyError, match=why) as refusal:
        filled(LIVEKIT, {}, answering(**GOOD | wrong))

    assert "secret" not in str(refusal.value).replace("API secret", "").replace("webhook API", "")


def test_both_providers_are_needed() -> None:
    with pytest.raises(FaultyError, match="Deepgram"):
        filled(PROVIDERS, {}, answering(openai_api_key="sk-x"))
