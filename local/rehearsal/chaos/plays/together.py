"""Faults that meet: webhooks, LiveKit's answers and the AI's process, all in one handoff."""

from collections.abc import Awaitable, Callable

from local.rehearsal.chaos.act import Act
from local.rehearsal.chaos.faults import Fault, Strike, answered, late, slow
from local.rehearsal.chaos.plays.machines import ai_killed, ai_stopped, ai_stopped_when_a_person_comes
from local.rehearsal.chaos.plays.people import caller_leaves, joins_muted, undisturbed

_PLAYS: tuple[Callable[[Act], Awaitable[None]], ...] = (
    ai_killed,
    ai_stopped,
    ai_stopped_when_a_person_comes,
    caller_leaves,
    joins_muted,
    undisturbed,
)


async def several(act: Act) -> None:
    """Both ways on which the row hears of the room are hurt, whatever people and machines do."""
    act.patience_s = 30
    # What LiveKit is asked on the way to another AI is answered late, or not: a caller may be alone so long.
    act.replaced_within_s = 25
    with act.detour.hurt(_webhooks(act), _livekit(act)):
        play = act.dice.choice(_PLAYS)
        act.stage.figures.append(play.__name__.replace("_", " "))
        await play(act)


def _webhooks(act: Act) -> Fault:
    strikes: tuple[Strike, ...] = (
        answered(200),
        answered(500),
        slow(35),
        late(act.dice, least_s=0, most_s=5),
    )
    return act.fault("webhook", act.dice.choice(strikes))


def _livekit(act: Act) -> Fault:
    return act.fault("livekit", act.dice.choice((answered(503), slow(2))), chance=0.5)
