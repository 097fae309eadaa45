"""One HTTP request to the API and its failures: bounded retries, a deadline, typed errors."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import httpx2
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from agent_container.answers import error_name, parsed
from agent_container.errors import ApiRefusedError, ApiUnreachableError
from agent_container.trust import trust

logger = logging.getLogger(__name__)

ATTEMPTS = 3
_TIMEOUT = httpx2.Timeout(2.5, connect=1.0)
_KEPT_OPEN = 120.0
_RETRIED = frozenset({429, 500, 502, 503, 504})


class _TryAgainError(Exception):
    """A failure that the same request may outlive."""


class ApiHttp:
    def __init__(self, *, base_url: str, key: str, deadline: float = 8.0, longest_wait: float = 1.0) -> None:
        self._configured = bool(base_url)
        self._deadline = deadline
        self._longest_wait = longest_wait
        self._http = httpx2.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=_TIMEOUT,
            verify=trust(),
            # The next call's first question finds it open.
            limits=httpx2.Limits(keepalive_expiry=_KEPT_OPEN),
        )

    async def call(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        also_retried: frozenset[int] = frozenset(),
        attempts: int = ATTEMPTS,
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

    async def _with_retries(self, request: httpx2.Request, *, retried: frozenset[int], attempts: int) -> Any:
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(_TryAgainError),
            stop=stop_after_attempt(attempts),
            wait=wait_random_exponential(multiplier=0.1, max=self._longest_wait),
            reraise=True,
        )
        return await retrying(self._send, request, retried)

    async def _send(self, request: httpx2.Request, retried: frozenset[int]) -> Any:
        try:
            response = await self._http.send(request)
        except httpx2.TransportError as error:
            raise _TryAgainError(type(error).__name__) from error
        if response.status_code in retried:
            raise _TryAgainError(f"status {response.status_code}")
        if response.is_success:
            return parsed(response)
        raise ApiRefusedError(status=response.status_code, error=error_name(response))

    async def aclose(self) -> None:
        await self._http.aclose()
