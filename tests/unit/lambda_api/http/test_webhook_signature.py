"""Which webhooks are let in: equal to livekit-api's own receiver, whatever was changed on the way."""

import base64
import hashlib
import hmac
import json
import time
import warnings
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from livekit.api import TokenVerifier, WebhookReceiver

from lambda_api.auth.webhooks import verify
from lambda_api.config.livekit_keys import SigningKey
from lambda_api.errors.edge import WebhookForgedError
from lambda_api.escalations.rooms import EventKind, ParticipantKind, RoomEvent
from tests.unit.lambda_api.http.surroundings import (
    API_KEY,
    API_SECRET,
    HOOK_KEY,
    HOOK_SECRET,
    signed,
    webhook,
)

KEY = SigningKey(name=HOOK_KEY, secret=HOOK_SECRET)


def never() -> bool:
    return False


def read(body: bytes, token: str | None) -> RoomEvent | None:
    return verify(body, token, keys=lambda: [KEY], forget=never)


def we_take(body: bytes, token: str) -> bool:
    """What has no effect is not taken, whether it is forged or only unreadable."""
    try:
        return read(body, token) is not None
    except WebhookForgedError:
        return False


def livekit_takes(body: bytes, token: str) -> bool:
    receiver = WebhookReceiver(TokenVerifier(HOOK_KEY, HOOK_SECRET))
    try:
        receiver.receive(body.decode(), token)
    except Exception:  # noqa: BLE001 - it raises ten kinds of them
        return False
    return True


def test_a_join_becomes_the_domains_event() -> None:
    body = webhook()

    event = read(body, signed(body))

    assert event == RoomEvent(
        id="EV_1",
        kind=EventKind.PARTICIPANT_JOINED,
        room="r",
        room_sid="RM_1",
        identity="human-agent-maria-1",
        sid="PA_h",
        participant_kind=ParticipantKind.STANDARD,
        joined_at=datetime(2026, 11, 24, 23, 32, 1, 15_000, tzinfo=UTC),
        audio_heard=True,
    )


@pytest.mark.parametrize(
    ("track", "heard"),
    [
        ({"sid": "TR_1", "source": "MICROPHONE"}, True),
        ({"sid": "TR_1", "type": "AUDIO"}, True),
        ({"sid": "TR_1", "muted": True}, False),
        ({"sid": "TR_1", "type": "VIDEO"}, False),
    ],
)
def test_only_an_audio_track_that_is_not_muted_can_be_heard(track: dict[str, Any], heard: bool) -> None:
    body = webhook("track_published", participant={"identity": "human-agent-maria-1"}, track=track)

    event = read(body, signed(body))

    assert event is not None
    assert event.audio_heard is heard


def test_a_leaving_agent_says_what_it_is_and_why_it_went() -> None:
    participant = {"identity": "agent-1", "kind": "AGENT", "disconnectReason": "CLIENT_INITIATED"}
    body = webhook("participant_left", participant=participant)

    event = read(body, signed(body))

    assert event is not None
    assert event.participant_kind is ParticipantKind.AGENT
    assert event.disconnect_reason == "CLIENT_INITIATED"


@pytest.mark.parametrize("name", ["room_started", "track_unpublished", "egress_started", "agent_job_ended"])
def test_a_genuine_event_that_nobody_needs_is_none(name: str) -> None:
    body = webhook(name)

    assert read(body, signed(body)) is None


@pytest.mark.parametrize("identity", ["human-agent-\ud800", "human-agent-" + "x" * 3000])
def test_a_genuine_event_about_a_name_that_no_row_could_hold_is_none(identity: str) -> None:
    told = {
        "event": "participant_joined",
        "id": "EV_1",
        "room": {"name": "call-7", "sid": "RM_1"},
        "participant": {"identity": identity, "sid": "PA_1"},
    }
    body = json.dumps(told).encode()

    assert read(body, signed(body)) is None


@pytest.mark.parametrize(
    "more",
    [
        '"createdAt": "soon"',
        '"createdAt": "9999999999999999999"',
        '"participant": {"joinedAt": [], "joinedAtMs": "1795563121015"}',
        '"participant": {"state": 9999999999}',
        '"participant": {"kind": "9999999999"}',
        '"participant": {"tracks": [{"sid": 7}]}',
        '"participant": {"tracks": [{"muted": "no"}]}',
        '"track": {"source": []}',
        '"id": "EV_2"',
    ],
)
def test_a_genuine_event_that_livekits_own_receiver_cannot_read_is_none(more: str) -> None:
    body = f'{{"event": "track_published", "id": "EV_1", "room": {{"name": "r"}}, {more}}}'.encode()

    assert not livekit_takes(body, signed(body))
    assert read(body, signed(body)) is None


def test_a_bearer_prefix_is_forgiven() -> None:
    body = webhook()

    assert read(body, f"Bearer {signed(body)}") is not None


def test_the_key_of_agents_does_not_sign_webhooks_where_they_have_their_own() -> None:
    body = webhook()

    assert not we_take(body, signed(body, key=API_KEY, secret=API_SECRET))


def test_during_a_rotation_either_key_signs_and_the_issuer_says_which() -> None:
    body, old = webhook(), SigningKey(name="APIold", secret="o" * 43)
    tokens = [signed(body), signed(body, key=old.name, secret=old.secret)]

    for token in tokens:
        assert verify(body, token, keys=lambda: [KEY, old], forget=never) is not None
    with pytest.raises(WebhookForgedError):
        verify(body, signed(body, key=old.name), keys=lambda: [KEY, old], forget=never)


def test_a_key_that_is_not_known_yet_is_looked_for_once() -> None:
    body, known = webhook(), [SigningKey(name="APIold", secret="o" * 43)]

    def forget() -> bool:
        known[0] = KEY
        return True

    assert verify(body, signed(body), keys=lambda: known, forget=forget) is not None


def test_a_key_that_is_not_known_after_looking_again_is_forged() -> None:
    body = webhook()

    with pytest.raises(WebhookForgedError):
        verify(body, signed(body, secret="x" * 43), keys=lambda: [KEY], forget=lambda: True)


def test_a_key_that_is_known_is_not_looked_for() -> None:
    body = webhook()

    assert verify(body, signed(body), keys=lambda: [KEY], forget=lambda: pytest.fail("asked")) is not None


@pytest.mark.parametrize(
    ("seconds", "taken"), [(-58, True), (-62, False), (-3600, False)], ids=["in leeway", "late", "old"]
)
def test_sixty_seconds_of_clock_skew_are_forgiven_and_no_more(seconds: int, taken: bool) -> None:
    body = webhook()
    token = signed(body, nbf=None, exp=datetime.now(UTC) + timedelta(seconds=seconds))

    assert we_take(body, token) is taken
    assert livekit_takes(body, token) is taken


def hand_made(header: dict[str, Any], claims: object, secret: str = HOOK_SECRET) -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims)]
    signature = hmac.new(secret.encode(), b".".join(parts), hashlib.sha256).digest()
    return b".".join([*parts, base64.urlsafe_b64encode(signature).rstrip(b"=")]).decode()


def digest(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()


BODY = webhook()
GOOD = {"iss": HOOK_KEY, "exp": int(time.time()) + 3600, "nbf": int(time.time()) - 5, "sha256": digest(BODY)}
HS256 = {"alg": "HS256", "typ": "JWT"}
JOIN = {"iss": HOOK_KEY, "exp": GOOD["exp"], "video": {"roomJoin": True}}
# One whose hash differs between the two alphabets of base64.
ODD_BODY = next(body for n in range(99) if "/" in digest(body := BODY + b" " * n))
URL_SAFE = digest(ODD_BODY).replace("/", "_")
GENUINE = {"good", "expiry huge", "hash with a newline in it"}
CORPUS = {
    "good": (BODY, hand_made(HS256, GOOD)),
    "hash with a newline in it": (
        BODY,
        hand_made(HS256, GOOD | {"sha256": digest(BODY)[:9] + "\n" + digest(BODY)[9:]}),
    ),
    "empty token": (BODY, ""),
    "not a token": (BODY, "a.b.c"),
    "not ascii": (BODY, "é.ü.ß"),
    "alg none": (BODY, jwt.encode(GOOD, None, algorithm="none")),
    "alg none, signed": (BODY, hand_made({"alg": "none"}, GOOD)),
    "alg HS512": (BODY, jwt.encode(GOOD, HOOK_SECRET * 2, algorithm="HS512")),
    "alg RS256 claimed": (BODY, hand_made({"alg": "RS256"}, GOOD)),
    "alg missing": (BODY, hand_made({}, GOOD)),
    "critical header": (BODY, hand_made(HS256 | {"crit": ["x"]}, GOOD)),
    "detached payload": (BODY, hand_made(HS256 | {"b64": False, "crit": ["b64"]}, GOOD)),
    "other secret": (BODY, hand_made(HS256, GOOD, "x" * 43)),
    "other issuer": (BODY, hand_made(HS256, GOOD | {"iss": "APIother"})),
    "issuer list": (BODY, hand_made(HS256, GOOD | {"iss": [HOOK_KEY]})),
    "no issuer": (BODY, hand_made(HS256, {k: v for k, v in GOOD.items() if k != "iss"})),
    "no expiry": (BODY, hand_made(HS256, {k: v for k, v in GOOD.items() if k != "exp"})),
    "expiry text": (BODY, hand_made(HS256, GOOD | {"exp": "soon"})),
    "expiry huge": (BODY, hand_made(HS256, GOOD | {"exp": 10**400})),
    "expired": (BODY, hand_made(HS256, GOOD | {"exp": 1})),
    "not yet": (BODY, hand_made(HS256, GOOD | {"nbf": int(time.time()) + 3600})),
    "issued later": (BODY, hand_made(HS256, GOOD | {"iat": int(time.time()) + 3600})),
    "audience": (BODY, hand_made(HS256, GOOD | {"aud": "x"})),
    "subject number": (BODY, hand_made(HS256, GOOD | {"sub": 7})),
    "no hash": (BODY, hand_made(HS256, {k: v for k, v in GOOD.items() if k != "sha256"})),
    "empty hash": (b"", hand_made(HS256, GOOD | {"sha256": ""})),
    "hash number": (BODY, hand_made(HS256, GOOD | {"sha256": 7})),
    "hash not base64": (BODY, hand_made(HS256, GOOD | {"sha256": "!"})),
    "hash in hex": (BODY, hand_made(HS256, GOOD | {"sha256": hashlib.sha256(BODY).hexdigest()})),
    "hash url-safe": (ODD_BODY, hand_made(HS256, GOOD | {"sha256": URL_SAFE})),
    **{
        f"{grant} no grant": (BODY, hand_made(HS256, GOOD | {grant: ["roomJoin"]}))
        for grant in ("video", "sip", "inference", "observability")
    },
    "claims list": (BODY, hand_made(HS256, [1])),
    "body changed": (BODY + b" ", hand_made(HS256, GOOD)),
    "body written again": (json.dumps(json.loads(BODY), indent=1).encode(), hand_made(HS256, GOOD)),
    "body empty": (b"", hand_made(HS256, GOOD)),
    "join token": (
        BODY,
        hand_made(HS256, JOIN),
    ),
    "signed junk": (b"{", hand_made(HS256, GOOD | {"sha256": digest(b"{")})),
    "signed latin-1": (b'{"event":"\xe9"}', hand_made(HS256, GOOD | {"sha256": digest(b'{"event":"\xe9"}')})),
    "signed utf-16": (b"\xff\xfe{", hand_made(HS256, GOOD | {"sha256": digest(b"\xff\xfe{")})),
}


@pytest.mark.parametrize("name", CORPUS)
def test_we_let_in_what_livekits_own_receiver_lets_in(name: str) -> None:
    body, token = CORPUS[name]
    with warnings.catch_warnings(action="ignore"):
        assert we_take(body, token) is livekit_takes(body, token) is (name in GENUINE)


TOKENS = st.sampled_from([token for _, token in CORPUS.values()])


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff\xfe{", b'{"event": 7}', b'{"event": "participant_joined"}']
)
def test_what_is_signed_is_never_called_forged_though_nobody_can_read_it(body: bytes) -> None:
    event = read(body, signed(body))

    assert event is None or event.identity == ""


@st.composite
def mutations(draw: st.DrawFn) -> tuple[bytes, str]:
    """A genuine webhook or a forged one with one thing cut, doubled, swapped or changed."""
    body, token = bytearray(BODY), draw(TOKENS)
    where = draw(st.integers(0, max(len(token) - 1, 0)))
    letter = draw(st.sampled_from([*"AZaz09-_.= \n", "", "é"]))
    if draw(st.booleans()):
        token = token[:where] + letter + token[where + draw(st.integers(0, 2)) :]
    if draw(st.booleans()):
        body[draw(st.integers(0, len(body) - 1))] = draw(st.integers(0, 255))
    return bytes(body), token


@given(mutations())
@settings(max_examples=300, deadline=None)
def test_we_and_livekit_agree_on_every_mutation(mutation: tuple[bytes, str]) -> None:
    body, token = mutation
    if token != token.strip():
        token = token.strip()  # header values arrive without it
    assert we_take(body, token) == livekit_takes(body, token)


@given(st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=200)))
@settings(max_examples=200, deadline=None)
def test_whatever_arrives_there_is_one_error_only(body: bytes, token: str | None) -> None:
    with pytest.raises(WebhookForgedError):
        read(body, token)
