"""The least that makes an AI fall silent: a webhook comes, the server mutes its track. With a trivial AI.

`python -m tests.bench.handoff.script <port>`: `POST /talkers/<room>` brings an AI that hums for ever.
"""

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from typing import Final

import numpy as np
from aiohttp import web
from livekit import api as livekit_api
from livekit import rtc

from local.rehearsal.guest import HUMAN_PREFIX
from local.stack.livekit_server import LiveKit
from tests.bench.handoff.access import token

TALKER: Final = "agent-talker"
# By the beginning of a room's name: what the script waits for before it mutes.
WAITS_FOR: Final = {"script-join": "participant_joined", "script-publish": "track_published"}
_RATE: Final = 24_000
_FRAME: Final = _RATE // 100


class Talker:
    async def talk(self, livekit: LiveKit, room_name: str) -> None:
        room, source, gone = rtc.Room(), rtc.AudioSource(_RATE, 1), asyncio.Event()
        room.on("disconnected", lambda _: gone.set())
        await room.connect(livekit.ws_url, token(livekit, room_name, TALKER, kind="agent"))
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        track = rtc.LocalAudioTrack.create_audio_track("voice", source)
        await room.local_participant.publish_track(track, options)
        humming = asyncio.create_task(_hum(source))
        await gone.wait()
        humming.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await humming
        await source.aclose()


async def _hum(source: rtc.AudioSource) -> None:
    at = np.arange(_FRAME * 5) / _RATE
    samples = (np.sin(2 * np.pi * 220 * at) * 8_000).astype("<i2").tobytes()
    while True:
        await source.capture_frame(rtc.AudioFrame(samples, _RATE, 1, _FRAME * 5))


class Script:
    def __init__(self, livekit: LiveKit) -> None:
        self._livekit = livekit
        verifier = livekit_api.TokenVerifier(livekit.api_key, livekit.api_secret)
        self._receiver = livekit_api.WebhookReceiver(verifier)
        self._api: livekit_api.LiveKitAPI | None = None
        self._voices: dict[str, str] = {}
        self._talking: set[asyncio.Task[None]] = set()

    def app(self) -> web.Application:
        app = web.Application()
        app.cleanup_ctx.append(self._connected)
        app.router.add_get("/", _well)
        app.router.add_post("/webhooks", self._take)
        app.router.add_post("/talkers/{room}", self._bring)
        return app

    async def _connected(self, _: web.Application) -> AsyncIterator[None]:
        livekit = self._livekit
        async with livekit_api.LiveKitAPI(livekit.url, livekit.api_key, livekit.api_secret) as api:
            self._api = api
            yield

    async def _bring(self, request: web.Request) -> web.Response:
        task = asyncio.create_task(Talker().talk(self._livekit, request.match_info["room"]))
        self._talking.add(task)
        task.add_done_callback(self._talking.discard)
        return web.Response()

    async def _take(self, request: web.Request) -> web.Response:
        event = self._receiver.receive(await request.text(), request.headers["Authorization"])
        room, identity = event.room.name, event.participant.identity
        if identity == TALKER and event.event == "track_published":
            self._voices[room] = event.track.sid
        elif identity.startswith(HUMAN_PREFIX) and event.event == WAITS_FOR.get(room.rpartition("-")[0]):
            await self._silence(room)
        return web.Response()

    async def _silence(self, room: str) -> None:
        if self._api is None or not (voice := self._voices.pop(room, "")):
            return
        muting = livekit_api.MuteRoomTrackRequest(room=room, identity=TALKER, track_sid=voice, muted=True)
        await self._api.room.mute_published_track(muting)
        leaving = livekit_api.RoomParticipantIdentity(room=room, identity=TALKER)
        await self._api.room.remove_participant(leaving)


async def _well(_: web.Request) -> web.Response:
    return web.Response()


def main(port: int, url: str, key: str, secret: str) -> None:
    livekit = LiveKit(url=url, ws_url=url, api_key=key, api_secret=secret)
    web.run_app(Script(livekit).app(), host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    names = ("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET")
    main(int(sys.argv[1]), *(os.environ[name] for name in names))
