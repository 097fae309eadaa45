"""The worker's only way to the API: bounded retries, time limits, the idempotency key and typed failures."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import quote

import httpx
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from agent_container.answers import error_name, parsed
from agent_container.brief import Brief
from agent_container.callback import Callback
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.escalation import Escalation, LeaveCause, OpenRequest, RoomView
from agent_container.loss import Loss
from agent_container.words import Words

logger = logging.getLogger(__name__)

_ATTEMPTS = 3
_ATTEMPTS_FOR_A_LOST_CALL = 10
_TIMEOUT = httpx.Timeout(2.5, connect=1.0)
_RETRIED = frozenset({429, 500, 502, 503, 504})
_IN_FLIGHT = 409


class _TryAgainError(Exception):
    """A failure that the same request may outlive."""


class EscalationClient:
    def __init__(self, *, base_url: str, key: str, deadline: float = 8.0, longest_wait: float = 1.0) -> None:
        self._configured = bool(base_url)
        self._deadline = deadline
        self._longest_wait = longest_wait
        self._http = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=_TIMEOUT,
            # Reading the list of authorities takes long enough to be heard; plain http needs none.
            verify=not base_url.startswith("http://"),
        )

    async def open(self, request: OpenRequest, *, idempotency_key: str) -> Escalation:
        answer = await self._call(
            "POST",
            "/v1/escalations",
            body=request.as_json(),
            headers={"Idempotency-Key": idempotency_key},
            also_retried=frozenset({_IN_FLIGHT}),
        )
        return Escalation.from_json(answer)

    async def get(self, escalation_id: str) -> Escalation:
        return Escalation.from_json(await self._call("GET", _path(escalation_id)))

    async def ai_left(
        self, escalation_id: str, *, agent_identity: str, human_identity: str, cause: LeaveCause
    ) -> Escalation:
        body = {"agent_identity": agent_identity, "human_identity": human_identity, "cause": cause}
        return Escalation.from_json(await self._call("POST", _path(escalation_id, "/ai-left"), body=body))

    async def cancel(self, escalation_id: str, *, cause: str) -> Escalation:
        answer = await self._call("POST", _path(escalation_id, "/cancel"), body={"cause": cause})
        return Escalation.from_json(answer)

    async def leave_callback(self, escalation_id: str, callback: Callback) -> Escalation:
        path = _path(escalation_id, "/callback")
        return Escalation.from_json(await self._call("POST", path, body=callback.as_json()))

    async def put_brief(self, escalation_id: str, brief: Brief) -> None:
        await self._call("PUT", _path(escalation_id, "/brief"), body=brief.as_json())

    async def words(self, escalation_id: str) -> Words:
        return Words.from_json(await self._call("GET", _path(escalation_id, "/words"), attempts=2))

    async def agent_lost(self, loss: Loss) -> bool:
        """Say so until somebody takes it; true when another AI was called in."""
        path = f"/v1/rooms/{quote(loss.room, safe='')}/agent-lost"
        body = {"agent_identity": loss.agent_identity, "job_id": loss.job_id, "cause": loss.cause}
        answer = await self._call("POST", path, body=body, attempts=_ATTEMPTS_FOR_A_LOST_CALL)
        return bool(isinstance(answer, dict) and answer.get("dispatched"))

    async def agent_leaving(self, room: str, *, agent_identity: str, job_id: str) -> bool:
        """True when another AI was asked for, which takes over once it is there."""
        path = f"/v1/rooms/{quote(room, safe='')}/agent-leaving"
        answer = await self._call("POST", path, body={"agent_identity": agent_identity, "job_id": job_id})
        return bool(isinstance(answer, dict) and answer.get("dispatched"))

    async def room(self, room: str, *, attempts: int = _ATTEMPTS) -> RoomView:
        path = f"/v1/rooms/{quote(room, safe='')}"
        return RoomView.from_json(await self._call("GET", path, attempts=attempts))

    async def _call(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        also_retried: frozenset[int] = frozenset(),
        attempts: int = _ATTEMPTS,
    ) -> Any:
        if not self._configured:
            raise ApiUnreachableError("HANDOFF_API_URL is not set")
        request = self._http.build_request(method, path, json=body, headers=headers)
        try:
            async with asyncio.timeout(self._deadline):
                return await self._with_retries(request, retried=_RETRIED | also_retried, attempts=attempts)
        except (TimeoutError, _TryAgainError) as error:
            logger.warning(
                "the API did not answer", extra={"method": method, "cause": str(error) or "deadline"}
            )
            raise ApiUnreachableError(str(error) or "deadline") from error

    async def _with_retries(self, request: httpx.Request, *, retried: frozenset[int], attempts: int) -> Any:
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(_TryAgainError),
            stop=stop_after_attempt(attempts),
            wait=wait_random_exponential(multiplier=0.1, max=self._longest_wait),
            reraise=True,
        )
        return await retrying(self._send, request, retried)

    async def _send(self, request: httpx.Request, retried: frozenset[int]) -> Any:
        try:
            response = await self._http.send(request)
        except httpx.TransportError as error:
            raise _TryAgainError(type(error).__name__) from error
        if response.status_code in retried:
            raise _TryAgainError(f"status {response.status_code}")
        if response.is_success:
            return parsed(response)
        raise ApiRefusedError(status=response.status_code, error=error_name(response))

    async def aclose(self) -> None:
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def _path(escalation_id: str, rest: str = "") -> str:
    return f"/v1/escalations/{quote(escalation_id, safe='')}{rest}"
