"""WS /v1/listen: reads Deepgram's live protocol from a socket and writes the answers to it."""

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aiohttp import WSMessage, WSMsgType, web

from local.speech.conversation import Conversation
from local.speech.resampling import StreamResampler

logger = logging.getLogger(__name__)

# A microphone that is switched off sends nothing at all: the last words then do not wait for silence.
_STARVED_SECONDS = 0.7
_RATES = range(8_000, 48_001)
_LARGEST_MESSAGE = 1 << 20


@dataclass(frozen=True, slots=True)
class ListenOptions:
    rate: int
    channels: int
    interim: bool

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "ListenOptions":
        try:
            rate, channels = int(query.get("sample_rate", "16000")), int(query.get("channels", "1"))
        except ValueError as error:
            raise web.HTTPBadRequest(text="sample_rate and channels must be numbers") from error
        if query.get("encoding", "linear16") != "linear16" or rate not in _RATES or channels not in (1, 2):
            raise web.HTTPBadRequest(
                text="linear16 at 8 to 48 kHz, one or two channels, is what is understood here"
            )
        return cls(rate=rate, channels=channels, interim=query.get("interim_results") == "true")


class ListenEndpoint:
    def __init__(self, converse: Callable[[ListenOptions], Conversation]) -> None:
        self._converse = converse

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        options = ListenOptions.read(request.query)
        socket = web.WebSocketResponse(max_msg_size=_LARGEST_MESSAGE)
        await socket.prepare(request)
        conversation = self._converse(options)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_read(socket, conversation, options))
                both.create_task(_write(socket, conversation))
        except* ConnectionError:
            logger.info("a listening connection was dropped")
        finally:
            conversation.abandon()
            await socket.close()
        return socket


async def _write(socket: web.WebSocketResponse, conversation: Conversation) -> None:
    while (answer := await conversation.next_answer()) is not None:
        await socket.send_json(answer)


async def _read(socket: web.WebSocketResponse, conversation: Conversation, options: ListenOptions) -> None:
    resampler = StreamResampler(rate=options.rate, channels=options.channels)
    while (message := await _next(socket, conversation)) is not None:
        if message.type == WSMsgType.BINARY:
            conversation.hear(resampler.feed(message.data))
        elif not _obey(message, conversation):
            break
    conversation.close()


async def _next(socket: web.WebSocketResponse, conversation: Conversation) -> WSMessage | None:
    while True:
        try:
            async with asyncio.timeout(_STARVED_SECONDS if conversation.speaking else None):
                return await socket.receive()
        except TimeoutError:
            conversation.finalize()


def _obey(message: WSMessage, conversation: Conversation) -> bool:
    """Says whether the connection goes on."""
    if message.type != WSMsgType.TEXT:
        return False
    order = _order(message.data)
    if order == "Finalize":
        conversation.finalize()
    return order != "CloseStream"


def _order(text: str) -> str:
    try:
        content = json.loads(text)
    except ValueError:
        return ""
    return str(content.get("type", "")) if isinstance(content, dict) else ""
