"""The escalation of a scenario's room as an outsider sees it through the API."""

from contextlib import suppress

from local.rehearsal.clock import monotonic_of
from local.rehearsal.desk import DeskError, Json
from local.rehearsal.patience import ask_until
from local.rehearsal.scenarios.stage import Stage

_EVERY_S = 0.4


class Rows:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def reaches(self, *statuses: str, within_s: float = 30) -> Json:
        """The room's newest escalation, once it has one of these statuses."""

        async def look() -> Json | None:
            """An API that does not answer is asked again."""
            with suppress(DeskError):
                row = await self._stage.desk.escalation_of(self._stage.room)
                return await self._whole(row) if row and row["status"] in statuses else None
            return None

        what = f"an escalation that is {' or '.join(statuses)}"
        row = await ask_until(what, look, within_s=within_s, every_s=_EVERY_S)
        self._stage.chronicle.note(f"seen_{row['status']}", actor="api")
        return row

    async def _whole(self, row: Json) -> Json:
        return await self._stage.desk.escalation(str(row["id"]))

    async def all(self) -> list[Json]:
        """Every escalation of this room, oldest first."""
        desk, room = self._stage.desk, self._stage.room
        found = [each for each in await desk.escalations() if each["room"] == room]
        return [await desk.escalation(str(each["id"])) for each in reversed(found)]

    def write_down(self, row: Json) -> None:
        """Its timeline as steps of ours."""
        for entry in row["timeline"]:
            at = monotonic_of(str(entry["at"]))
            self._stage.chronicle.note(f"row_{entry['change']}", actor=str(entry["actor"]), at=at)


def changes(row: Json) -> list[str]:
    return [str(entry["change"]) for entry in row["timeline"]]
