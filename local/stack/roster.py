"""Puts the laptop's two human agents on the roster, through the API as an operator does."""

from typing import Any, Final

import aiohttp

from local.stack.errors import StackError

# Fictional numbers; every laptop has the same people, so that a rehearsal knows whom it calls.
PEOPLE: Final[dict[str, dict[str, Any]]] = {
    "maria": {"name": "Maria", "tier": 1, "phone": "+15005550101", "email": "maria@example.com"},
    "jonas": {"name": "Jonas", "tier": 2, "phone": "+15005550102"},
}


class RosterError(StackError):
    def __init__(self, person: str, status: int, answer: str) -> None:
        super().__init__(f"the API did not take {person} onto the roster: {status} {answer}")


async def put(api_url: str, service_key: str) -> None:
    headers = {"Authorization": f"Bearer {service_key}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for person, facts in PEOPLE.items():
            async with session.put(f"{api_url}/v1/human-agents/{person}", json=facts) as answer:
                if answer.status not in {200, 201}:
                    raise RosterError(person, answer.status, (await answer.text())[:300])
