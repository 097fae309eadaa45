"""A human agent who may be called into several rooms at once, and takes the link of theirs."""

from contextlib import suppress

from local.rehearsal.desk import DeskError, Json, link_in
from local.rehearsal.scenarios.browser import Answer
from local.rehearsal.scenarios.people import Person
from local.rehearsal.scenarios.stage import Stage

_PRESSES = 8


class Colleague(Person):
    """Keeps every seat that they won: who may be in the room, and what the tokens allow."""

    def __init__(self, stage: Stage, name: str) -> None:
        super().__init__(stage, name)
        self.seats: list[Json] = []
        self._waiting_since: dict[str, str] = {}

    async def claims(self) -> Answer:
        answer = await super().claims()
        self.takes(answer)
        return answer

    async def claims_in_the_end(self) -> None:
        """A press that nobody could answer is pressed again, as people do."""
        for _ in range(_PRESSES):
            answer = await self.presses("claim")
            if answer.status < 500:
                break
        self._stage.expect(answer.status == 200, f"{self.name}'s claim was answered with {answer.status}")
        self.takes(answer)

    def takes(self, answer: Answer) -> None:
        self.seat = answer.body
        if answer.status == 200:
            self.seats.append(answer.body)

    async def _is_about_this_call(self, message: Json) -> bool:
        """A link says since when its caller waits, and that is when the request was made."""
        with suppress(DeskError):
            row = await self._stage.desk.open_escalation(self._stage.room)
            return row is not None and await self._since(link_in(message)) == row["created_at"]
        return False

    async def _since(self, link: str) -> str:
        if link not in self._waiting_since:
            answer = await self.browser.look_into(link)
            if answer.status != 200:
                return ""
            self._waiting_since[link] = str(answer.body.get("waiting_since"))
        return self._waiting_since[link]
