"""What an HTTP answer of the API says: its JSON, or the name of what went wrong."""

from typing import Any

import httpx2

from agent_container.errors import ApiRefusedError


def parsed(response: httpx2.Response) -> Any:
    if response.status_code == httpx2.codes.NO_CONTENT:
        return None
    try:
        return response.json()
    except ValueError as error:
        raise ApiRefusedError(status=response.status_code, error="NotJson") from error


def error_name(response: httpx2.Response) -> str:
    try:
        problem = response.json()
    except ValueError:
        return "unknown"
    return str(problem.get("error", "unknown")) if isinstance(problem, dict) else "unknown"
