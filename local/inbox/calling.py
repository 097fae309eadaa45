"""The page where a person at the laptop calls as a caller would; gives it a place in a room of its own."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from local.stack.places import ROOT

DIST: Final = ROOT / "web" / "dist-laptop"
TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
PATIENCE: Final = aiohttp.ClientTimeout(total=30)
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Calling:
    """`headers` open the API; the page never sees them."""

    api_url: str
    headers: Mapping[str, str]
    livekit_url: str
    dist: Path = DIST

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/call", self._page)
        app.router.add_get("/call/assets/{name}", self._asset)
        app.router.add_post("/call", self._call)

    async def _page(self, _: web.Request) -> web.StreamResponse:
        return self._file(self.dist / "caller.html", "text/html; charset=utf-8")

    async def _asset(self, request: web.Request) -> web.StreamResponse:
        assets = {path.name: path for path in (self.dist / "assets").glob("*")}
        path = assets.get(request.match_info["name"])
        if path is None or path.suffix not in TYPES:
            raise web.HTTPNotFound
        return self._file(path, TYPES[path.suffix])

    def _file(self, path: Path, kind: str) -> web.StreamResponse:
        if not path.exists():
            raise web.HTTPNotFound(text="The pages are not built: make setup\n")
        return web.FileResponse(path, headers={**_guards(self.livekit_url), "Content-Type": kind})

    async def _call(self, request: web.Request) -> web.Response:
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise web.HTTPForbidden
        join = await self._join(await _name(request))
        place = {"livekit_url": self.livekit_url, "token": join["token"], "room": join["room"]}
        return web.json_response(place, headers=_guards(self.livekit_url))

    async def _join(self, name: str) -> dict[str, Any]:
        wanted = {
            "room": f"call-{secrets.token_hex(4)}",
            "role": "caller",
            **({"name": name} if name else {}),
        }
        async with (
            aiohttp.ClientSession(headers=self.headers, timeout=PATIENCE) as session,
            session.post(f"{self.api_url}/v1/join-urls", json=wanted) as answer,
        ):
            if answer.status != 201:
                raise web.HTTPBadGateway(text="The API gave no place in a room.\n")
            joined: dict[str, Any] = await answer.json()
            return joined


async def _name(request: web.Request) -> str:
    try:
        return str((await request.json())["name"]).strip()[:_LONGEST_NAME]
    except (ValueError, KeyError, TypeError):
        return ""


def _guards(livekit_url: str) -> dict[str, str]:
    at = urlsplit(livekit_url)
    twin = {"ws": "http", "wss": "https"}.get(at.scheme, at.scheme)
    return {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            "media-src 'self' blob:; "
            f"connect-src 'self' {at.scheme}://{at.netloc} {twin}://{at.netloc}; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        ),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
