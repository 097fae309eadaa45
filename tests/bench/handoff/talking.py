"""Providers behind which an AI greets briefly, calls in a person when asked to, and then talks and talks."""

from functools import cache
from typing import Final

from aiohttp import web

from agent_container import prompts
from tests.integration.worker.providers import hum
from tests.integration.worker.scripted import ScriptedProviders

# Longer than any join takes: whoever falls silent was made to.
_TALKS_S: Final = 15.0
_GREETS_S: Final = 0.4


class TalkativeProviders(ScriptedProviders):
    async def _speak(self, request: web.Request) -> web.StreamResponse:
        greeting = (await request.json())["input"] == prompts.GREETING
        return web.Response(body=_humming(_GREETS_S if greeting else _TALKS_S), content_type="audio/wav")


@cache
def _humming(seconds: float) -> bytes:
    return hum(seconds=seconds)
