"""Join tokens: the same in meaning as livekit-api's own, with every grant said out loud."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from livekit import api as lk

from lambda_api.adapters.tokens import JoinToken, TokenMinter
from lambda_api.config.livekit_keys import keys_from

SECRET = "a" * 43
KEYS = keys_from({"url": "http://127.0.0.1:7880", "api_key": "APIapi", "api_secret": SECRET})
MINTER = TokenMinter(keys=lambda: KEYS, now=lambda: datetime.now(UTC))
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


def theirs(identity: str, name: str, grants: lk.VideoGrants) -> lk.AccessToken:
    token = lk.AccessToken("APIapi", SECRET).with_identity(identity).with_name(name)
    return token.with_grants(grants).with_ttl(timedelta(seconds=60))


def grants(room: str, *, speaks: bool = True) -> lk.VideoGrants:
    return lk.VideoGrants(
        room_join=True,
        room=room,
        can_publish=speaks,
        can_publish_sources=["microphone"] if speaks else [],
        can_publish_data=speaks,
        can_subscribe=True,
        can_update_own_metadata=False,
        hidden=not speaks,
    )


def meaning(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_nbf": False})
    assert claims.pop("exp") - claims.pop("nbf") in (59, 60, 61)
    return claims


@given(room=TEXTS, identity=TEXTS, name=TEXTS)
def test_a_humans_token_means_what_livekits_own_would(room: str, identity: str, name: str) -> None:
    attributes = {"handoff.escalation": "esc_1", "handoff.seat": "esc_1.1"}

    ours = MINTER.human_agent(room=room, identity=identity, name=name, attributes=attributes)

    own = theirs(identity, name, grants(room)).with_attributes(attributes)
    assert meaning(ours.token) == meaning(own.to_jwt())


@given(room=TEXTS, identity=TEXTS, name=TEXTS)
def test_a_callers_token_means_what_livekits_own_would(room: str, identity: str, name: str) -> None:
    metadata = '{"caller_identity": "c"}'

    ours = MINTER.caller(room=room, identity=identity, name=name, agent_name="agent", metadata=metadata)

    agents = [lk.RoomAgentDispatch(agent_name="agent", metadata=metadata)]
    own = theirs(identity, name, grants(room)).with_room_config(lk.RoomConfiguration(agents=agents))
    assert meaning(ours.token) == meaning(own.to_jwt())


@given(room=TEXTS, identity=TEXTS, name=TEXTS)
def test_an_observers_token_means_what_livekits_own_would(room: str, identity: str, name: str) -> None:
    ours = MINTER.observer(room=room, identity=identity, name=name)

    assert meaning(ours.token) == meaning(theirs(identity, name, grants(room, speaks=False)).to_jwt())


MINTS: list[Callable[[], JoinToken]] = [
    lambda: MINTER.human_agent(room="r", identity="i", name="n", attributes={}),
    lambda: MINTER.caller(room="r", identity="i", name="n", agent_name="a", metadata=""),
    lambda: MINTER.observer(room="r", identity="i", name="n"),
]


@pytest.mark.parametrize("mint", MINTS)
def test_livekits_own_verifier_takes_every_token_and_finds_nothing_left_unsaid(
    mint: Callable[[], JoinToken],
) -> None:
    join = mint()

    video = lk.TokenVerifier("APIapi", SECRET).verify(join.token).video

    assert video is not None
    assert (video.room_join, video.room) == (True, "r")
    assert video.can_publish_data is not video.hidden
    assert not any((video.room_admin, video.room_create, video.room_list, video.agent, video.recorder))
    assert join.expires_at - datetime.now(UTC) <= timedelta(seconds=60)


def test_what_is_said_beside_a_token_is_what_is_in_it() -> None:
    """To the second, as tokens count, wherever the clock stands."""
    now = datetime(2026, 11, 24, 13, 0, 0, 999_999, tzinfo=timezone(timedelta(hours=1)))

    join = TokenMinter(keys=lambda: KEYS, now=lambda: now).observer(room="r", identity="i", name="")

    claims = jwt.decode(join.token, options={"verify_signature": False})
    assert (join.identity, join.room, join.livekit_url) == ("i", "r", "ws://127.0.0.1:7880")
    assert join.expires_at == datetime(2026, 11, 24, 12, 1, tzinfo=UTC)
    assert join.expires_at.tzinfo is UTC
    assert claims["exp"] == join.expires_at.timestamp()
    assert claims["nbf"] == claims["exp"] - 60
    assert "name" not in claims


def test_the_way_into_meet_keeps_address_and_token_apart() -> None:
    join = MINTER.observer(room="r", identity="i", name="n")

    address = "https://meet.livekit.io/custom?liveKitUrl=ws%3A%2F%2F127.0.0.1%3A7880&token="
    assert join.meet_url == address + join.token
