"""A browser at a person's link: it keeps its cookies and takes a refusal as an answer."""

from dataclasses import dataclass
from typing import Any

import httpx

Json = dict[str, Any]
_TIMEOUT = httpx.Timeout(35.0)
_JSON = {"Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Json

    @property
    def detail(self) -> str:
        return str(self.body.get("detail", ""))


class Browser:
    def __init__(self) -> None:
        self._client = httpx.AsyncClient(timeout=_TIMEOUT)

    async def look(self, link: str, *, method: str = "GET") -> int:
        return (await self._client.request(method, link)).status_code

    async def look_into(self, link: str) -> Answer:
        """What the page is told before anybody presses."""
        answer = await self._client.get(link, headers=_JSON)
        return Answer(answer.status_code, _body(answer))

    async def press(self, link: str, button: str, **fields: object) -> Answer:
        answer = await self._client.post(f"{link}/{button}", json=fields or None, headers=_JSON)
        return Answer(answer.status_code, _body(answer))

    async def load(self, link: str) -> int:
        """A page and whatever it links to, as a client that shows previews does it."""
        page = await self._client.get(link)
        for styles in ("/join.css",):
            await self._client.get(str(page.url.join(styles)))
        return page.status_code

    async def close(self) -> None:
        await self._client.aclose()


def _body(answer: httpx.Response) -> Json:
    """What is no JSON comes from in front of the API, and says why in its text."""
    if "json" in answer.headers.get("content-type", ""):
        return dict(answer.json())
    return {"detail": answer.text[:200]}
