"""The protection that ECS gives a task against being stopped by a deployment or a scale-in."""

from typing import Any, Final, Protocol

import httpx2

from agent_container.errors import UnprotectedError
from agent_container.trust import trust

_PATH: Final = "/task-protection/v1/state"
_TIMEOUT: Final = httpx2.Timeout(3.0, connect=1.0)


class TaskProtection(Protocol):
    """Raises UnprotectedError when the wish was not granted."""

    async def protect(self, *, minutes: int) -> None: ...
    async def release(self) -> None: ...


class EcsAgent:
    """Asks the agent of the task, at the address that ECS puts into each of its containers."""

    def __init__(self, base_url: str) -> None:
        self._url = base_url.rstrip("/") + _PATH

    async def protect(self, *, minutes: int) -> None:
        await self._put({"ProtectionEnabled": True, "ExpiresInMinutes": minutes})

    async def release(self) -> None:
        await self._put({"ProtectionEnabled": False})

    async def _put(self, wish: dict[str, Any]) -> None:
        try:
            async with httpx2.AsyncClient(timeout=_TIMEOUT, verify=trust()) as http:
                answer = (await http.put(self._url, json=wish)).json()
        except (httpx2.HTTPError, ValueError) as error:
            raise UnprotectedError(type(error).__name__) from error
        if _granted(answer) is not wish["ProtectionEnabled"]:
            raise UnprotectedError(_reason(answer))


class NotStopped:
    """A worker that nobody scales or deploys, as on a laptop."""

    async def protect(self, *, minutes: int) -> None:
        """There is nothing to be protected from."""

    async def release(self) -> None:
        """There is nothing to be released from."""


def _granted(answer: Any) -> bool | None:
    """Only what ECS says itself counts: a failure comes with 200 as well."""
    protection = answer.get("protection") if isinstance(answer, dict) else None
    return protection.get("ProtectionEnabled") if isinstance(protection, dict) else None


def _reason(answer: Any) -> str:
    if not isinstance(answer, dict):
        return "unreadable"
    failure, error = answer.get("failure") or {}, answer.get("error") or {}
    return str(failure.get("Reason") or error.get("Code") or "unreadable")
