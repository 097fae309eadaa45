"""`python -m tests.bench.load.stand_in PORT FILE`: AWS and LiveKit over HTTP; the secrets are in a file."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Final

from tests.bench.load.stand_in.aws import Aws

LISTENS: Final = b"the stand-in listens"


class Door(asyncio.Protocol):
    """As little of HTTP as boto and aiohttp speak: what this takes is taken from those who are measured."""

    def __init__(self, aws: Aws) -> None:
        self._aws = aws
        self._read = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while (end := self._read.find(b"\r\n\r\n")) >= 0:
            path, headers = _head(self._read[:end].decode("latin-1"))
            whole = end + 4 + int(headers.get("content-length", 0))
            if len(self._read) < whole:
                return
            body, self._read = self._read[end + 4 : whole], self._read[whole:]
            self._write(*self._aws.answer(path, headers.get("x-amz-target", ""), body))

    def _write(self, status: int, kind: str, body: bytes) -> None:
        head = f"HTTP/1.1 {status} _\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        if self._transport:
            self._transport.write(head.encode() + body)


def _head(text: str) -> tuple[str, dict[str, str]]:
    first, *lines = text.split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return first.split(" ")[1], {name.lower(): value.strip() for name, _, value in pairs}


async def main(port: int, aws: Aws) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Door(aws), "127.0.0.1", port)
    print(LISTENS.decode(), flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Aws(json.loads(Path(sys.argv[2]).read_text()))))
