"""An avatar in a real room: the caller sees it and hears the AI from it, until a human can be heard."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator

import pytest
from livekit import api as livekit_api
from livekit import rtc
from livekit.agents import AgentSession

from agent_container.visits import PREFIX
from agent_container.wave import AvatarSession
from local.rehearsal.loudness import SILENCE_DBFS
from local.speech import voices
from local.stack.livekit_server import LiveKit
from tests.integration.worker.conftest import Site, call_at, worker
from tests.integration.worker.rooms import VOICE, House, Seat
from tests.integration.worker.scripted import MARIA, WISH

AVATAR = "avatar_audio"
LONG = "I can look at your last bill with you, line by line, and tell you what each of them means. " * 6
SILENT_WITHIN = 0.3


@pytest.fixture(scope="module")
def site(livekit: LiveKit, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    wave = json.dumps({"provider": "wave"})
    folder = tmp_path_factory.mktemp("avatars")
    with worker(livekit, folder, name="with-a-face", HANDOFF_AVATAR=wave) as site:
        yield site


@pytest.fixture
async def call(site: Site) -> AsyncIterator[House]:
    async with call_at(site) as call:
        yield call


class Eyes:
    """The pictures that a seat is shown, as the last of them looked."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._looking: list[asyncio.Task[None]] = []
        self.seen: set[int] = set()
        seat.room.on("track_subscribed", self._on_track)

    def _on_track(
        self, track: rtc.Track, _publication: rtc.RemoteTrackPublication, _who: rtc.RemoteParticipant
    ) -> None:
        if track.kind == rtc.TrackKind.KIND_VIDEO:
            self._looking.append(asyncio.create_task(self._look(rtc.VideoStream(track))))

    async def _look(self, stream: rtc.VideoStream) -> None:
        async for event in stream:
            self.seen.add(hash(bytes(event.frame.data)))
            self._seat.pulse.beat()
        await stream.aclose()

    def close(self) -> None:
        for looking in self._looking:
            looking.cancel()


def avatar_in(seat: Seat) -> rtc.RemoteParticipant | None:
    people = seat.room.remote_participants.values()
    return next((one for one in people if one.identity.startswith(PREFIX)), None)


async def avatar_speaks(call: House) -> float:
    """The caller says something, and hears the answer from the avatar; return from when on they did so."""
    await call.caller.until("the avatar", lambda: avatar_in(call.caller), within=30.0)
    since = time.monotonic()
    await call.caller_says("Hello, my last bill is wrong.")
    await call.caller.until("the avatar's voice", lambda: call.caller.hears(AVATAR, since=since))
    return since


async def test_the_caller_sees_it_and_hears_the_ai_from_it_alone(call: House) -> None:
    eyes = Eyes(call.caller)
    try:
        await call.begin()
        since = await avatar_speaks(call)
        await call.caller.until("a picture that moves", lambda: len(eyes.seen) > 5)
    finally:
        eyes.close()

    assert (avatar := avatar_in(call.caller))
    assert avatar.attributes["lk.publish_on_behalf"] == avatar.identity.removeprefix(PREFIX)
    assert call.caller.loudest(VOICE, since=since) < SILENCE_DBFS


async def test_it_is_silent_and_gone_once_the_human_is_heard_and_so_is_the_ai(call: House) -> None:
    await call.begin()
    await avatar_speaks(call)
    call.providers.mind = lambda _: {"content": LONG}
    await call.caller_says("Tell me more.")
    since = time.monotonic()
    await call.caller.until("the avatar's voice", lambda: call.caller.hears(AVATAR, since=since + 0.5))

    await call.human_joins(muted=False)
    await call.human.mouth.say("Hello, this is Maria. How can I help you?")
    await call.caller.until("the avatar's leaving", lambda: avatar_in(call.caller) is None)
    await call.ai_leaves()

    heard = call.caller.ear.of(f"{MARIA}/microphone").first_loud()
    last = call.caller.heard(AVATAR).last_loud()
    assert heard is not None
    assert last is not None
    assert last < heard + SILENT_WITHIN
    # The farewell needs no avatar.
    assert call.caller.hears(VOICE, since=heard)
    assert call.api.posted.count("POST /v1/escalations/esc_1/ai-left") == 1


async def test_one_that_is_lost_is_done_without(call: House) -> None:
    await call.begin()
    await avatar_speaks(call)
    async with livekit_api.LiveKitAPI(
        call.livekit.url, call.livekit.api_key, call.livekit.api_secret
    ) as server:
        avatar = avatar_in(call.caller)
        assert avatar
        await server.room.remove_participant(
            livekit_api.RoomParticipantIdentity(room=call.room, identity=avatar.identity)
        )
    await call.caller.until("its leaving", lambda: avatar_in(call.caller) is None)

    since = time.monotonic()
    await call.caller_says("And what about the meter reading of spring?")
    await call.caller.until("the AI's own voice", lambda: call.caller.hears(VOICE, since=since))


async def test_one_that_is_called_off_on_its_way_is_not_left_behind(
    livekit: LiveKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "URL": livekit.url,
        "API_KEY": livekit.api_key,
        "API_SECRET": livekit.api_secret,
    }.items():
        monkeypatch.setenv(f"LIVEKIT_{name}", value)
    caller, place = Seat(livekit, "called-off", "caller-1", voice=voices.CALLER), rtc.Room()
    states: list[rtc.ConnectionState.ValueType] = []
    # Told each time, which "disconnected" is not.
    place.on("connection_state_changed", states.append)
    await caller.join(muted=True)
    avatar = AvatarSession(avatar_participant_identity=f"{PREFIX}agent-1", place=place)

    try:
        coming = asyncio.create_task(avatar.start(AgentSession(), caller.room))
        for _ in range(3):  # until it has asked LiveKit, and before that can have answered
            await asyncio.sleep(0)
        coming.cancel()
        await avatar.aclose()
    finally:
        await caller.leave()

    assert states[-1] == rtc.ConnectionState.CONN_DISCONNECTED


async def test_it_is_gone_with_the_caller(call: House, site: Site) -> None:
    await call.begin()
    await avatar_speaks(call)
    await call.human.join(muted=True)
    await call.human.until("the avatar", lambda: avatar_in(call.human))

    await call.caller.leave()

    await call.human.until("its leaving", lambda: avatar_in(call.human) is None)
    del site


async def test_a_human_who_is_not_heard_yet_leaves_it_where_it_is(call: House) -> None:
    await call.begin()
    await avatar_speaks(call)
    await call.a_person_is_asked_for(WISH)
    await call.human_joins(muted=True)
    since = time.monotonic()

    # The AI has paused for them, says so, and helps again.
    await call.caller.until("the AI's return", lambda: call.caller.hears(AVATAR, since=since + 3.0))

    assert avatar_in(call.caller)
