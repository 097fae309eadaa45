"""The public HTTP contract as an outsider uses it: join URLs, escalations, the inbox, the link."""

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import httpx

from local.stack.stack_file import StackFile

Json = dict[str, Any]
_LINK = re.compile(r"https?://\S+/j/[\w-]+")
_CODE = re.compile(r"/j/[\w-]+")
_TIMEOUT = httpx.Timeout(35.0)
_UNAVAILABLE = 503
_TRIES, _PAUSE_S = 4, 0.3


class DeskError(RuntimeError):
    """The API answered something that an outsider cannot work with."""

    def __init__(self, method: str, url: str, why: str) -> None:
        super().__init__(f"{method} {_CODE.sub('/j/…', url)}: {why}")


class UnavailableError(DeskError):
    """The API could not do it now: 503."""


class NoLinkError(ValueError):
    """A message came without a link in it."""


class Desk:
    """One outsider's clients: one with the service key, one like a browser, with cookies and without keys."""

    def __init__(self, stack: StackFile) -> None:
        self._stack = stack
        self._service = httpx.AsyncClient(
            base_url=stack.api_url, timeout=_TIMEOUT, headers={"Authorization": f"Bearer {stack.service_key}"}
        )
        self._browser = httpx.AsyncClient(timeout=_TIMEOUT)

    async def close(self) -> None:
        await self._service.aclose()
        await self._browser.aclose()

    async def join_url(self, room: str, role: str) -> Json:
        """What the API could not do just now is asked again, as by any system that lets its callers in."""
        wanted = {"room": room, "role": role}
        for _ in range(_TRIES - 1):
            with suppress(UnavailableError):
                return await self._join_url(wanted)
            await asyncio.sleep(_PAUSE_S)
        return await self._join_url(wanted)

    async def _join_url(self, wanted: Json) -> Json:
        return dict((await _ask(self._service, "POST", "/v1/join-urls", json=wanted)).json())

    async def escalations(self, limit: int = 20) -> list[Json]:
        answer = await _ask(self._service, "GET", "/v1/escalations", params={"limit": limit})
        return list(answer.json()["items"])

    async def escalation_of(self, room: str) -> Json | None:
        return next((each for each in await self.escalations() if each["room"] == room), None)

    async def escalation(self, escalation_id: str) -> Json:
        return dict((await _ask(self._service, "GET", f"/v1/escalations/{escalation_id}")).json())

    async def open_escalation(self, room: str) -> Json | None:
        found: Json | None = (await _ask(self._service, "GET", f"/v1/rooms/{room}")).json()["escalation"]
        return found

    async def messages(self) -> list[Json]:
        return list((await _ask(self._browser, "GET", f"{self._stack.inbox_url}/messages")).json())

    async def open_link(self, link: str) -> str:
        return (await _ask(self._browser, "GET", link)).text

    async def claim(self, link: str) -> Json:
        answer = await _ask(self._browser, "POST", f"{link}/claim", headers={"Accept": "application/json"})
        return dict(answer.json())


async def _ask(client: httpx.AsyncClient, method: str, url: str, **more: Any) -> httpx.Response:
    try:
        answer = await client.request(method, url, **more)
    except httpx.HTTPError as error:
        raise DeskError(method, url, type(error).__name__) from error
    if answer.is_error:
        kind = UnavailableError if answer.status_code == _UNAVAILABLE else DeskError
        raise kind(method, url, f"HTTP {answer.status_code}")
    return answer


def link_in(message: Mapping[str, Any]) -> str:
    found = _LINK.search(str(message["body"]))
    if found is None:
        raise NoLinkError
    return found.group()
