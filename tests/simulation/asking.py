"""How anybody asks our API: as a process of its own, again when it did not answer, for a few times."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct

from lambda_api.escalations.ports import Ports
from tests.simulation.history import History
from tests.simulation.hub import Answer, Hub

API_LIMIT = 10.0


@dataclass(kw_only=True)
class Asking:
    hub: Hub
    history: History
    ports: Ports = field(init=False)

    def ask(
        self,
        name: str,
        work: Callable[[], object],
        *,
        about: Any = None,
        then: Callable[[Answer], object] | None = None,
        tries: int = 3,
    ) -> None:
        Question(self.hub, name, work, about, then, tries).ask()


class Question(Struct):
    """One wish of somebody's, until it was answered."""

    hub: Hub
    name: str
    work: Callable[[], object]
    about: Any
    then: Callable[[Answer], object] | None
    tries: int

    def ask(self) -> None:
        self.hub.spawn(self.name, self.work, limit=API_LIMIT, about=self.about, then=self.answered)

    def answered(self, answer: Answer) -> None:
        if answer.unknown and self.tries > 1:
            self.tries -= 1
            self.hub.after(0.5, self.ask)
        elif self.then:
            self.then(answer)
