"""One escalation as the requests of its life: opened, claimed, the human there and heard, completed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import uuid4

import aiohttp

from lambda_api.escalations.codes import DerivedCodes
from tests.bench.load.plain.codes import code_of
from tests.bench.load.site import LINK_KEY, App
from tests.unit.lambda_api.http.surroundings import ADMIN, ORIGIN_KEY, signed, webhook

PERSON: Final = "maria"
STEPS: Final = ("open", "claim", "joined", "heard", "complete")
WEBHOOKS: Final = ("joined", "heard")
_TURNS: Final = [{"role": role, "text": "My bill is wrong since March."} for role in ("caller", "agent")] * 10
_OURS: Final = DerivedCodes(LINK_KEY.encode)
_CODES: Final[dict[str, Callable[[str], str]]] = {
    "ours": lambda escalation_id: _OURS.derive(escalation_id, PERSON, 1),
    "plain": lambda escalation_id: code_of(LINK_KEY.encode(), escalation_id, PERSON),
}
_EVENTS: Final = {"joined": "participant_joined", "heard": "track_published"}


@dataclass(kw_only=True)
class Life:
    """What its requests have to know of the answers before."""

    app: App
    room: str = field(default_factory=lambda: f"room-{uuid4().hex[:12]}")
    code: str = ""
    identity: str = ""
    cookie: str = ""

    async def step(self, name: str, session: aiohttp.ClientSession, url: str) -> int:
        path, headers, body = self._asked(name)
        async with session.post(url + path, headers=headers, data=body) as answer:
            told = await answer.json()
            if answer.status < 300:
                self._learn(name, told, answer)
            return answer.status

    def event(self, name: str) -> dict[str, Any]:
        """The same webhook as the function's door gets it."""
        _, headers, body = self._asked(name)
        shown = {**{key.lower(): value for key, value in headers.items()}, "x-handoff-origin": ORIGIN_KEY}
        return {
            "version": "2.0",
            "rawPath": "/webhooks/livekit",
            "rawQueryString": "",
            "headers": shown,
            "requestContext": {
                "http": {"method": "POST", "path": "/webhooks/livekit", "sourceIp": "192.0.2.1"}
            },
            "body": body.decode(),
            "isBase64Encoded": False,
        }

    def _asked(self, name: str) -> tuple[str, dict[str, str], bytes]:
        if name in _EVENTS:
            return self._webhook(name)
        if name == "open":
            body = {"room": self.room, "caller_identity": "caller-1", "reason": "caller_request"}
            told = json.dumps({**body, "summary": "A wrong bill.", "transcript": _TURNS}).encode()
            return "/v1/escalations", {**ADMIN, "Idempotency-Key": self.room, **_JSON}, told
        if name == "claim":
            return f"/j/{self.code}/claim", _JSON, b""
        cookie = {"Cookie": f"handoff_seat={self.cookie}"}
        return f"/j/{self.code}/complete", {**cookie, **_JSON}, b'{"disposition": "resolved"}'

    def _webhook(self, name: str) -> tuple[str, dict[str, str], bytes]:
        person = {"sid": f"PA_{self.room}", "identity": self.identity, "state": "ACTIVE"}
        joined = {"joinedAt": "1795563121"}
        track = {"track": {"sid": "TR_1", "source": "MICROPHONE"}} if name == "heard" else {}
        content = webhook(
            _EVENTS[name],
            id=f"EV_{uuid4().hex}",
            room={"sid": f"RM_{self.room}", "name": self.room},
            participant=person | joined,
            **track,
        )
        headers = {"Authorization": signed(content), "Content-Type": "application/webhook+json"}
        return "/webhooks/livekit", headers, content

    def _learn(self, name: str, told: Any, answer: aiohttp.ClientResponse) -> None:
        if name == "open":
            self.code = _CODES[self.app.name](told["id"])
        elif name == "claim":
            self.identity = told["identity"]
            self.cookie = answer.cookies["handoff_seat"].value


async def put_on_duty(app: App, session: aiohttp.ClientSession) -> None:
    person = {"name": "Maria", "phone": "+15005550101"}
    address = f"{app.urls[0]}/v1/human-agents/{PERSON}"
    async with session.put(address, headers=ADMIN, json=person) as answer:
        answer.raise_for_status()


_JSON: Final = {"Content-Type": "application/json", "Accept": "application/json"}
