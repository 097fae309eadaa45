"""Connections to one address that stay open between calls; any thread takes one that is free."""

from __future__ import annotations

import http.client
import os
import select
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from lambda_api.aws.errors import SILENT, AwsError

# Whoever waits for an answer hears a voice go on meanwhile: late is as bad as never.
_CONNECT_S: Final = 1.0
_ANSWER_S: Final = 2.5


class Answer(Struct, frozen=True):
    status: int
    body: bytes


class Connections:
    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.host = parts.netloc
        self._encrypted = parts.scheme == "https"
        self._free: list[http.client.HTTPConnection] = []

    def post(self, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Raises `AwsError` where no answer came, whether or not the call did."""
        try:
            connection = self._kept() or self._new()
        except OSError as error:
            raise AwsError(SILENT) from error
        try:
            connection.request("POST", "/", body, dict(headers))
            heard = connection.getresponse()
            answer = Answer(heard.status, heard.read())
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise AwsError(SILENT) from error
        self._free.append(connection)
        return answer

    def _kept(self) -> http.client.HTTPConnection | None:
        with suppress(IndexError):
            while connection := self._free.pop():
                if connection.sock is not None and not _has_ended(connection.sock):
                    return connection
                connection.close()
        return None

    def _new(self) -> http.client.HTTPConnection:
        connection = (
            http.client.HTTPSConnection(self.host, timeout=_CONNECT_S, context=_trust())
            if self._encrypted
            else http.client.HTTPConnection(self.host, timeout=_CONNECT_S)
        )
        connection.connect()
        connection.sock.settimeout(_ANSWER_S)
        return connection


def _has_ended(sock: socket.socket) -> bool:
    """Where nothing was asked, nothing can have come but the stream's end."""
    waiting = select.poll()
    waiting.register(sock, select.POLLIN)
    return bool(waiting.poll(0))


@cache
def _trust() -> ssl.SSLContext:
    """Read once: the authorities' certificates cost more than a call does."""
    return ssl.create_default_context(cafile=os.environ.get("AWS_CA_BUNDLE"))
