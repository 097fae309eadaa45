"""Watches the row through the public API: tool called, stored, completed."""

from typing import Any

from local.rehearsal.clock import monotonic_of, now
from local.rehearsal.desk import Desk, Json
from local.rehearsal.hearsay import Hearsay
from local.rehearsal.messages import Moment
from local.rehearsal.patience import ask_until

_ENDED = frozenset({"completed", "handed_back", "cancelled", "unanswered", "failed"})


class Observer:
    """Reads, never writes."""

    def __init__(self, *, desk: Desk, room: str, hearsay: Hearsay) -> None:
        self._desk, self._room, self._hearsay = desk, room, hearsay

    async def stored(self, *, within_s: float) -> Json:
        """The escalation of this room, with its steps noted."""
        row = await ask_until("an escalation", self._row, within_s=within_s)
        # The row says when the tool was called; its own making is the latest that this can have been.
        self._note("tool_called", row.get("tool_called_at") or row["created_at"], actor="ai")
        self._note("escalation_stored", row["created_at"], actor="api")
        return row

    async def _row(self) -> Json | None:
        return await self._desk.escalation_of(self._room)

    async def ended(self, escalation_id: str, *, within_s: float) -> Json:
        async def look() -> Json | None:
            row = await self._desk.escalation(escalation_id)
            return row if row["status"] in _ENDED else None

        row = await ask_until("the end of the escalation", look, within_s=within_s)
        if row["status"] == "completed":
            self._hearsay.note(Moment(step="completed", at=_when_ended(row), actor="api"))
        return row

    def _note(self, step: str, when: object, *, actor: str) -> None:
        if when:
            self._hearsay.note(Moment(step=step, at=monotonic_of(str(when)), actor=actor))


def _when_ended(row: dict[str, Any]) -> float:
    return monotonic_of(str(row["ended_at"])) if row.get("ended_at") else now()
