"""A small AWS on a real socket: says what a test scripted, or nothing, and keeps what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from msgspec.structs import replace

from lambda_api.aws.client import Client, client_of
from lambda_api.aws.session import session_of

SILENCE: Final = (0, b"")
KEYS: Final = {
    "AWS_ACCESS_KEY_ID": "AKID",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_REGION": "eu-central-1",
}


@dataclass(frozen=True, slots=True)
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    connection: int


@dataclass
class Endpoint:
    """`answers` in their order; the last is given for ever. After `SILENCE` the connection is closed."""

    answers: list[tuple[int, bytes]] = field(default_factory=lambda: [(200, b"{}")])
    asked: list[Asked] = field(default_factory=list)
    says_goodbye: bool = False
    url: str = ""

    def client(self, service: str = "dynamodb", **more: str) -> Client:
        client = client_of(session_of({**KEYS, "AWS_ENDPOINT_URL": self.url, **more}), service)
        return replace(client, pause_s=0)

    @contextmanager
    def served(self) -> Iterator[Endpoint]:
        server = _Server(self)
        self.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.endpoint = endpoint


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        endpoint = self.server.endpoint
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        endpoint.asked.append(Asked(self.command, self.path, headers, body, self.client_address[1]))
        left = endpoint.answers
        self._say(*(left.pop(0) if len(left) > 1 else left[0]))

    def do_GET(self) -> None:
        self.do_POST()

    def _say(self, status: int, content: bytes) -> None:
        if not status:
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = self.server.endpoint.says_goodbye

    def log_message(self, *_: Any) -> None:
        pass
