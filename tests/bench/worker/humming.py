"""Providers whose voice hums without a pause, as long as it is told to."""

from functools import cache

from aiohttp import web

from tests.integration.worker.providers import hum
from tests.integration.worker.scripted import ScriptedProviders


class HummingProviders(ScriptedProviders):
    seconds = 1.0  # a greeting; what waits to be heard is memory, too

    async def _speak(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002
        return web.Response(body=_humming(self.seconds), content_type="audio/wav")


@cache
def _humming(seconds: float) -> bytes:
    return hum(seconds=seconds)
