"""A small LiveKit on a real socket: says what a test scripted and keeps what it was asked."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from google.protobuf.message import Message

NOT_FOUND, NO_SERVERS, BROKEN = (404, "not_found"), (503, "unavailable"), (500, "internal")


@dataclass
class Twirp:
    """`answers` by method name; the last one of a list is given for ever."""

    answers: dict[str, list[Message | tuple[int, str]]] = field(default_factory=dict)
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    url: str = ""

    def methods(self) -> list[str]:
        return [method for method, _ in self.asked]

    def answer(self, method: str, body: bytes) -> Message | tuple[int, str]:
        self.asked.append((method, body))
        left = self.answers[method]
        return left.pop(0) if len(left) > 1 else left[0]

    @contextmanager
    def served(self) -> Iterator["Twirp"]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()


def _handler(twirp: Twirp) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = twirp.answer(self.path.rsplit("/", 1)[1], body)
            if isinstance(answer, tuple):
                status, code = answer
                self._send(status, "application/json", json.dumps({"code": code, "msg": code}).encode())
            else:
                self._send(200, "application/protobuf", answer.SerializeToString())

        def _send(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler
