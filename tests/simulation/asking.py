"""How anybody asks our API: as a process of its own, again when it did not answer, for a few times."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

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
        def answered(answer: Answer) -> None:
            if answer.unknown and tries > 1:
                again = partial(self.ask, name, work, about=about, then=then, tries=tries - 1)
                self.hub.after(0.5, again)
            elif then:
                then(answer)

        self.hub.spawn(name, work, limit=API_LIMIT, about=about, then=answered)
