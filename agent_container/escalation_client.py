"""The worker's only way to the API: each of its calls, with the idempotency key where one is needed."""

import logging
from typing import Self
from urllib.parse import quote

from agent_container.api_http import ATTEMPTS, ApiHttp
from agent_container.brief import Brief
from agent_container.callback import Callback
from agent_container.escalation import Escalation, LeaveCause, OpenRequest, RoomView
from agent_container.loss import Loss
from agent_container.tracing import Tell, timed, to_nobody, trace_id, traceparent
from agent_container.words import Words

logger = logging.getLogger(__name__)

_ATTEMPTS_FOR_A_LOST_CALL = 10
_IN_FLIGHT = 409


class EscalationClient:
    def __init__(
        self,
        *,
        base_url: str,
        key: str,
        deadline: float = 8.0,
        longest_wait: float = 1.0,
        tracing: bool = True,
        tell: Tell = to_nobody,
    ) -> None:
        self._tracing = tracing
        self._tell = tell
        self._api = ApiHttp(base_url=base_url, key=key, deadline=deadline, longest_wait=longest_wait)

    async def open(self, request: OpenRequest, *, idempotency_key: str) -> Escalation:
        if not self._tracing:
            return await self._open(request, {"Idempotency-Key": idempotency_key})
        parent = traceparent(idempotency_key)
        logger.info("a person is asked for", extra={"trace_id": trace_id(parent)})
        with timed(parent, self._tell):
            return await self._open(request, {"Idempotency-Key": idempotency_key, "traceparent": parent})

    async def _open(self, request: OpenRequest, headers: dict[str, str]) -> Escalation:
        answer = await self._api.call(
            "POST",
            "/v1/escalations",
            body=request.as_json(),
            headers=headers,
            also_retried=frozenset({_IN_FLIGHT}),
        )
        return Escalation.from_json(answer)

    async def get(self, escalation_id: str) -> Escalation:
        return Escalation.from_json(await self._api.call("GET", _path(escalation_id)))

    async def ai_left(
        self, escalation_id: str, *, agent_identity: str, human_identity: str, cause: LeaveCause
    ) -> Escalation:
        body = {"agent_identity": agent_identity, "human_identity": human_identity, "cause": cause}
        return Escalation.from_json(await self._api.call("POST", _path(escalation_id, "/ai-left"), body=body))

    async def cancel(self, escalation_id: str, *, cause: str) -> Escalation:
        answer = await self._api.call("POST", _path(escalation_id, "/cancel"), body={"cause": cause})
        return Escalation.from_json(answer)

    async def leave_callback(self, escalation_id: str, callback: Callback) -> Escalation:
        path = _path(escalation_id, "/callback")
        return Escalation.from_json(await self._api.call("POST", path, body=callback.as_json()))

    async def put_brief(self, escalation_id: str, brief: Brief) -> None:
        await self._api.call("PUT", _path(escalation_id, "/brief"), body=brief.as_json())

    async def words(self, escalation_id: str) -> Words:
        return Words.from_json(await self._api.call("GET", _path(escalation_id, "/words"), attempts=2))

    async def usual_wait(self) -> float | None:
        """How many seconds callers usually wait for a person, when that is known."""
        answer = await self._api.call("GET", "/v1/waiting-time", attempts=1)
        usual = answer.get("usual_s") if isinstance(answer, dict) else None
        return float(usual) if isinstance(usual, int | float) else None

    async def agent_lost(self, loss: Loss) -> bool:
        """Say so until somebody takes it; true when another AI was called in."""
        path = f"/v1/rooms/{quote(loss.room, safe='')}/agent-lost"
        body = {"agent_identity": loss.agent_identity, "job_id": loss.job_id, "cause": loss.cause}
        answer = await self._api.call("POST", path, body=body, attempts=_ATTEMPTS_FOR_A_LOST_CALL)
        return bool(isinstance(answer, dict) and answer.get("dispatched"))

    async def agent_leaving(self, room: str, *, agent_identity: str, job_id: str) -> bool:
        """True when another AI was asked for, which takes over once it is there."""
        path = f"/v1/rooms/{quote(room, safe='')}/agent-leaving"
        answer = await self._api.call("POST", path, body={"agent_identity": agent_identity, "job_id": job_id})
        return bool(isinstance(answer, dict) and answer.get("dispatched"))

    async def room(self, room: str, *, attempts: int = ATTEMPTS) -> RoomView:
        path = f"/v1/rooms/{quote(room, safe='')}"
        return RoomView.from_json(await self._api.call("GET", path, attempts=attempts))

    async def aclose(self) -> None:
        await self._api.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def _path(escalation_id: str, rest: str = "") -> str:
    return f"/v1/escalations/{quote(escalation_id, safe='')}{rest}"
