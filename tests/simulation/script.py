"""What the people of one universe will do, and what is broken from outside: drawn once, from a seed."""

from random import Random
from typing import Literal

from msgspec import Struct

Says = Literal["claims", "eta", "declines", "nothing"]
Ends = Literal["leaves", "hands_back", "completes", "drops", "stays"]


class Human(Struct, frozen=True, kw_only=True):
    """A person on the roster: what they do with each message that reaches them."""

    says: Says = "claims"
    reads_after: float = 5
    looks: int = 1  # at the link, before anything is pressed
    joins_after: float = 1
    heard_after: float = 0  # after joining; beyond their stay is never
    stays: float = 30
    ends: Ends = "leaves"
    returns_after: float = 0  # after a drop; 0 is never
    presses_twice: bool = False
    forwards: bool = False  # the link, to somebody with another browser


class Script(Struct, frozen=True, kw_only=True):
    caller_stays: float = 200
    caller_drops: bool = False  # instead of hanging up
    caller_returns_after: float = 0
    asks_after: float = 1
    asks: int = 1  # how often the tool is called for the one wish
    mixes_up_keys: bool = False  # the same key again, with another wish
    asks_again_after: float = 0  # after an agent came back; 0 is never
    changes_mind_after: float = 0
    wants_callback: bool = False
    people: tuple[Human, ...] = (Human(), Human(says="nothing"))
    guest_after: float = 0  # somebody comes by a seat, without having been told; 0 is nobody
    seated: bool = True  # the caller came by a seat of ours
    agent_is_wedged: bool = False
    agent_dies_after: float = 0
    death_is_reported: bool = True
    agent_is_deaf: bool = False  # nothing that happens in the room reaches it
    webhooks_are_cut: bool = False
    noise: float = 0  # how often a message on its way is lost, late or doubled
    outages: tuple[tuple[str, float, float], ...] = ()  # part, from, how long
    hook: bool = False


def drawn(rng: Random) -> Script:
    """Half of all universes are quiet outside; in the others something is broken for longer than one step."""
    loud, seated = rng.random() < 0.5, rng.random() < 0.7
    return Script(
        caller_stays=rng.choice((3, 10, 25, 50, 90, 180)) + rng.random() * 10,
        caller_drops=rng.random() < 0.2,
        caller_returns_after=rng.choice((0, 0, 0, 2, 15, 40)) if seated else 0,
        asks_after=rng.random() * 3,
        asks=rng.choice((1, 1, 1, 2, 3)),
        mixes_up_keys=rng.random() < 0.05,
        asks_again_after=rng.choice((0, 5, 20)),
        changes_mind_after=rng.choice((0, 0, 0, 0, 8, 30)),
        wants_callback=rng.random() < 0.3,
        people=tuple(_human(rng) for _ in range(rng.choice((1, 2, 2, 3)))),
        guest_after=rng.choice((0, 0, 0, 0, 0, 5, 25)),
        seated=seated,
        agent_is_wedged=rng.random() < 0.1,
        agent_dies_after=rng.choice((0, 0, 0, 0, 4, 12, 40)),
        death_is_reported=rng.random() < 0.7,
        agent_is_deaf=rng.random() < 0.15,
        webhooks_are_cut=loud and rng.random() < 0.2,
        noise=rng.choice((0, 0.05, 0.2)) if loud else 0,
        outages=_outages(rng) if loud and rng.random() < 0.3 else (),
        hook=rng.random() < 0.1,
    )


def _human(rng: Random) -> Human:
    return Human(
        says=rng.choice(("claims", "claims", "claims", "eta", "declines", "nothing")),
        reads_after=rng.choice((0.5, 3, 10, 30, 60)) * (0.5 + rng.random()),
        looks=rng.choice((0, 1, 1, 3)),
        joins_after=rng.choice((0.5, 2, 20, 70)) * (0.5 + rng.random()),
        heard_after=rng.choice((0, 0, 0, 2, 10, 1000)),
        stays=rng.choice((2, 15, 60)) * (0.5 + rng.random()),
        ends=rng.choice(("leaves", "leaves", "hands_back", "completes", "drops", "stays")),
        returns_after=rng.choice((0, 5, 15, 25, 60)),
        presses_twice=rng.random() < 0.2,
        forwards=rng.random() < 0.15,
    )


def _outages(rng: Random) -> tuple[tuple[str, float, float], ...]:
    parts = rng.sample(("notifier", "timers", "rooms", "hooks"), rng.choice((1, 1, 2)))
    return tuple((part, rng.random() * 60, rng.choice((5, 20, 60)) * (0.5 + rng.random())) for part in parts)
