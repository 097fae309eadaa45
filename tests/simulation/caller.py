"""The caller: stays, hangs up or drops, comes back once, and may want nobody any more."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from lambda_api.escalations import leaving
from tests.simulation.asking import Asking
from tests.simulation.livekit import CALLER, ROOM, LiveKit
from tests.simulation.people import NOTICED_AFTER
from tests.simulation.script import Script

_LAST_STAY = 40.0


@dataclass(kw_only=True)
class Caller:
    script: Script
    asking: Asking
    rooms: LiveKit
    agent_comes: Callable[[], None]
    returned: bool = False

    def go(self) -> None:
        """For good, or to come back once."""
        after = NOTICED_AFTER if self.script.caller_drops else 0
        why = "CONNECTION_TIMEOUT" if self.script.caller_drops else "CLIENT_INITIATED"
        self.asking.hub.after(after, partial(self.rooms.leave, CALLER, why))
        if self.script.caller_returns_after and not self.returned:
            self.asking.hub.after(after + self.script.caller_returns_after, self._return)

    def change_mind(self, escalation_id: str) -> None:
        if escalation_id:
            ports = self.asking.ports
            work = partial(leaving.cancel, ports, escalation_id, cause="caller_changed_mind", actor="w")
            self.asking.ask("cancel", work)

    def _return(self) -> None:
        """Into a new room LiveKit calls an agent by itself; into one that still stands we have to."""
        self.returned = True
        if ROOM not in self.rooms.there:
            self.rooms.pending_until = self.asking.hub.now + 10
            self.asking.hub.after(0.5, self.agent_comes)
        self.rooms.enter(CALLER, heard=True)
        self.asking.hub.after(_LAST_STAY, self.go)
