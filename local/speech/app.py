"""The speech server's application: what is loaded once, and which address answers what."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web

from local.speech import speaking
from local.speech.chatting import ChatEndpoint
from local.speech.conversation import Conversation
from local.speech.listening import ListenEndpoint, ListenOptions
from local.speech.recognition import Recognizer
from local.speech.segments import Segmenter
from local.speech.stand_in import corpus
from local.speech.stand_in.mind import Mind
from local.speech.stand_in.understanding import Understanding
from local.speech.voice_activity import VoiceActivity, load_network

_MODELS = ("gpt-4o", "gpt-4o-mini", "gpt-4o-mini-tts")
_LARGEST_BODY = 4 << 20


async def create_app() -> web.Application:
    recognizer, mind = await asyncio.gather(
        asyncio.to_thread(Recognizer),
        asyncio.to_thread(lambda: Mind(Understanding.best_possible(corpus.load()))),
    )
    network = load_network()

    def converse(options: ListenOptions) -> Conversation:
        segmenter = Segmenter(VoiceActivity(network).probability)
        return Conversation(recognizer=recognizer, segmenter=segmenter, interim=options.interim)

    async def closing(_: web.Application) -> AsyncIterator[None]:
        yield
        recognizer.close()

    app = web.Application(client_max_size=_LARGEST_BODY)
    app.cleanup_ctx.append(closing)
    app.router.add_get("/healthz", _healthy)
    app.router.add_get("/v1/models", _models)
    app.router.add_get("/v1/listen", ListenEndpoint(converse).handle)
    app.router.add_post("/v1/chat/completions", ChatEndpoint(mind).handle)
    app.router.add_post("/v1/audio/speech", speaking.handle)
    return app


async def _healthy(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def _models(_: web.Request) -> web.Response:
    models = [{"id": name, "object": "model", "created": 0, "owned_by": "local"} for name in _MODELS]
    return web.json_response({"object": "list", "data": models})
