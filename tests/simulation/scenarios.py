"""Calls without chance, which together pass through every handler: what goes wrong in them is put there."""

from typing import Final

from tests.simulation.script import Human, Script

_NOBODY: Final = Human(says="nothing")

SCENARIOS: Final[dict[str, Script]] = {
    "answered, and the caller hangs up": Script(caller_stays=40, people=(Human(ends="stays"), _NOBODY)),
    "answered, and the person leaves": Script(caller_stays=60, people=(Human(stays=15),)),
    "muted at first, handed back, asked again": Script(
        caller_stays=90, asks_again_after=5, people=(Human(heard_after=7, stays=20, ends="hands_back"),)
    ),
    "completed, offered to another system": Script(
        caller_stays=60, hook=True, people=(Human(stays=15, ends="completes"),)
    ),
    "nobody answers, a call back": Script(caller_stays=130, wants_callback=True, people=(_NOBODY, _NOBODY)),
    "one declines, another is on the way": Script(
        caller_stays=60, people=(Human(says="declines"), Human(says="eta", reads_after=2))
    ),
    "the caller leaves while waiting": Script(caller_stays=12, people=(_NOBODY,)),
    "the caller drops while waiting and comes back": Script(
        caller_stays=12, caller_drops=True, caller_returns_after=4, people=(_NOBODY,)
    ),
    "the caller changes their mind": Script(caller_stays=30, changes_mind_after=10, people=(_NOBODY,)),
    "the agent dies while waiting": Script(
        caller_stays=60, agent_dies_after=6, people=(Human(reads_after=20),)
    ),
    "nobody reports the agent's death": Script(
        caller_stays=60, agent_dies_after=6, death_is_reported=False, people=(_NOBODY,)
    ),
    "the person drops and comes back": Script(
        caller_stays=80, people=(Human(stays=10, ends="drops", returns_after=25),)
    ),
    "the person drops for good": Script(caller_stays=80, people=(Human(stays=10, ends="drops"),)),
    "the person drops, and the caller changes their mind": Script(
        caller_stays=200, changes_mind_after=40, people=(Human(stays=10, ends="drops"),)
    ),
    "claimed, and nobody comes": Script(
        caller_stays=120, people=(Human(joins_after=1000), Human(reads_after=20, stays=15))
    ),
    "three press the same link": Script(
        caller_stays=40, asks=3, people=(Human(presses_twice=True, forwards=True, stays=15),)
    ),
    "a guest by a seat": Script(caller_stays=50, asks_after=45, guest_after=5, people=(_NOBODY,)),
    "no webhook ever comes": Script(
        caller_stays=80, webhooks_are_cut=True, people=(Human(stays=25, ends="hands_back"),)
    ),
    "the agent does not leave by itself": Script(
        caller_stays=40, agent_is_wedged=True, people=(Human(stays=15),)
    ),
}
