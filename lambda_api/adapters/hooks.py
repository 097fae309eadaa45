"""The Hooks port on plain HTTPS: one POST, no redirects, and no way into our own network."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from typing import Final
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from lambda_api.escalations.errors import UnavailableError

TIMEOUT_S: Final = 3.0
_PORTS: Final = {"https": 443, "http": 80}


class HttpHooks(Struct, frozen=True, kw_only=True):
    allow_loopback: bool = False  # and only a laptop's
    timeout_s: float = TIMEOUT_S

    def post(self, url: str, *, body: bytes, headers: Mapping[str, str]) -> None:
        parts = urlsplit(url)
        try:
            status = self._post(parts, body, headers)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise UnavailableError("webhook") from error
        if not 200 <= status < 300:  # a redirect is a refusal too
            raise UnavailableError("webhook")

    def _post(self, parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> int:
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        connection = http.client.HTTPConnection(host, port, timeout=self.timeout_s)
        connection.sock = self._socket(parts.scheme, host, port)
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", target, body=body, headers={**headers, "Host": parts.netloc})
            return connection.getresponse().status
        finally:
            connection.close()

    def _socket(self, scheme: str, host: str, port: int) -> socket.socket:
        """To the very address that was checked, so that no second answer of the DNS leads elsewhere."""
        plain = socket.create_connection((self._address(host, port), port), timeout=self.timeout_s)
        if scheme == "http":
            return plain
        try:
            return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        except OSError:
            plain.close()
            raise

    def _address(self, host: str, port: int) -> str:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(one[4][0]) for one in found]
        if not addresses or not all(self._may_be_asked(one) for one in addresses):
            raise ValueError(host)
        return addresses[0]

    def _may_be_asked(self, address: str) -> bool:
        parsed = ipaddress.ip_address(address.partition("%")[0])
        return (parsed.is_global and not parsed.is_multicast) or (self.allow_loopback and parsed.is_loopback)
