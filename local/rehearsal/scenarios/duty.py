"""Takes everybody off duty, and puts them back when the scenario is over."""

from datetime import UTC, datetime, timedelta
from functools import partial

import httpx

from local.rehearsal.scenarios.stage import Stage
from local.stack import roster


async def nobody_is_on_duty(stage: Stage) -> None:
    """Working hours on a day that is not today in any time zone."""
    stage.at_the_end.push_async_callback(partial(roster.put, stage.stack.api_url, stage.stack.service_key))
    day = (datetime.now(UTC) + timedelta(days=3)).strftime("%a").lower()
    hours = {"time_zone": "UTC", "days": [{"day": day, "from": "09:00", "to": "17:00"}]}
    headers = {"Authorization": f"Bearer {stage.stack.service_key}"}
    async with httpx.AsyncClient(base_url=stage.stack.api_url, headers=headers, timeout=35) as api:
        for person, facts in roster.PEOPLE.items():
            answer = await api.put(f"/v1/human-agents/{person}", json={**facts, "hours": hours})
            answer.raise_for_status()
    stage.chronicle.note("nobody_on_duty", actor="operator")
