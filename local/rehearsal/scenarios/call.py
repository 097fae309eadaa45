"""One call with everybody in it: what a play is given."""

from local.rehearsal.scenarios.callers import Caller
from local.rehearsal.scenarios.machines import Ai
from local.rehearsal.scenarios.people import HELLO, Person
from local.rehearsal.scenarios.rows import Rows
from local.rehearsal.scenarios.stage import Stage

ANSWER = "Hello {name}, my order arrived broken and I need a replacement."


class Call:
    def __init__(self, stage: Stage) -> None:
        self.stage, self.caller, self.ai, self.rows = stage, Caller(stage), Ai(stage), Rows(stage)
        self.maria, self.jonas = self._person("maria"), self._person("jonas")

    def _person(self, name: str) -> Person:
        return Person(self.stage, name)

    async def is_asked_for_a_person(self) -> None:
        """From nobody in the room to a caller who waits while Maria reads her SMS."""
        await self.caller.joins()
        await self.caller.asks_for_a_person()
        await self.maria.is_told()

    async def is_taken_over(self, *, by: Person | None = None) -> None:
        """They (Maria, if nobody else) claim and join, the AI leaves, both are heard."""
        person = by or self.maria
        await person.claims()
        await self.is_joined(by=person)

    async def is_joined(self, *, by: Person) -> None:
        """With the seat that they have."""
        await by.joins()
        await self.ai.leaves()
        await self.has_two_voices(by)

    async def has_two_voices(self, person: Person) -> None:
        await person.says(HELLO.format(name=person.name))
        await self.caller.hears("human", since=self.stage.chronicle.at("human_audible"))
        await self.caller.says(ANSWER.format(name=person.name))
        self.stage.chronicle.note("two_way_audio", actor="caller+human")

    async def ends(self, *, status: str = "completed", within_s: float = 20) -> None:
        """The caller hangs up; what is open ends as it must."""
        await self.caller.leaves()
        await self.rows.reaches(status, within_s=within_s)
