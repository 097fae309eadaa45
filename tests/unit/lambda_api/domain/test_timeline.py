"""Who did what and why, as the timeline tells it: what an operator reads when a call went wrong."""

from collections.abc import Callable

import pytest

from lambda_api.escalations import (
    agents,
    answering,
    claiming,
    finishing,
    forgetting,
    handing,
    leaving,
    looking,
    presence,
)
from lambda_api.escalations.models import Disposition, Escalation
from lambda_api.escalations.rooms import EventKind, ParticipantKind, RoomEvent
from tests.unit.lambda_api.domain.fakes import World

Act = Callable[[World, Escalation], object]
MARIA = "human_agent:maria"


def webhook(kind: EventKind, identity: str = "", *, sid: str = "PA_h", why: str = "") -> Act:
    """An event about this participant; about the claim's holder when nobody is named."""

    def tell(world: World, row: Escalation) -> None:
        agent = identity.startswith("agent-")
        event = RoomEvent(
            id="EV_new",
            kind=kind,
            room="r",
            identity=identity or (row.claim.identity if row.claim else ""),
            sid=sid,
            participant_kind=ParticipantKind.AGENT if agent else ParticipantKind.STANDARD,
            disconnect_reason=why,
            audio_heard=kind is EventKind.TRACK_PUBLISHED,
        )
        presence.apply(world.ports, event)

    return tell


def look(world: World, row: Escalation) -> None:
    looking.look(world.ports, row.id, chain=False)


def look_without(identity: str = "", *, after: float = 0) -> Act:
    """Somebody is not there any more; the claim's holder when nobody is named."""

    def see(world: World, row: Escalation) -> None:
        world.rooms.drop(identity or (row.claim.identity if row.claim else ""))
        world.clock.advance(after)
        look(world, row)

    return see


def look_with_human(world: World, row: Escalation) -> None:
    assert row.claim
    world.rooms.add(row.claim.identity, sid="PA_h")
    look(world, row)


def look_with_human_heard(world: World, row: Escalation) -> None:
    assert row.claim
    world.rooms.add(row.claim.identity, sid="PA_h", heard=True)
    look(world, row)


def look_late(seconds: float) -> Act:
    def see(world: World, row: Escalation) -> None:
        world.clock.advance(seconds)
        look(world, row)

    return see


def nobody_answers(world: World, row: Escalation) -> None:
    for _ in range(2):
        world.clock.advance(45)
        look(world, row)


def drop_and_stay_away(world: World, row: Escalation) -> None:
    look_without()(world, row)
    world.clock.advance(10)
    look(world, row)


def agent_says_it_left(world: World, row: Escalation) -> None:
    leaving.ai_left(world.ports, row.id, agent_identity="agent-1", human_identity=None, cause="room")


def human_leaves_without_agent(world: World, row: Escalation) -> None:
    assert row.claim
    world.rooms.drop("agent-1")
    world.rooms.drop(row.claim.identity)
    webhook(EventKind.PARTICIPANT_LEFT, why="CLIENT_INITIATED")(world, row)


def agent_leaves_while_waiting(world: World, row: Escalation) -> None:
    world.rooms.drop("agent-1")
    webhook(EventKind.PARTICIPANT_LEFT, "agent-1", sid="PA_agent-1")(world, row)


def human_leaves_after_completing(world: World, row: Escalation) -> None:
    assert row.claim
    finishing.complete(world.ports, world.code(row), "browser", Disposition.RESOLVED)
    world.rooms.drop("agent-1")
    world.rooms.drop(row.claim.identity)
    webhook(EventKind.PARTICIPANT_LEFT, why="CLIENT_INITIATED")(world, row)


WEBHOOKS: dict[str, tuple[str, Act, tuple[str, str, str, str]]] = {
    "the human joins": (
        "claimed",
        webhook(EventKind.PARTICIPANT_JOINED),
        (MARIA, "human_there", "webhook", ""),
    ),
    "the human is heard": (
        "there",
        webhook(EventKind.TRACK_PUBLISHED),
        (MARIA, "connected", "webhook", "human_heard"),
    ),
    "the human leaves unheard": (
        "there",
        webhook(EventKind.PARTICIPANT_LEFT, why="CLIENT_INITIATED"),
        (MARIA, "human_away", "webhook", "human_left"),
    ),
    "the human leaves": (
        "connected",
        webhook(EventKind.PARTICIPANT_LEFT, why="CLIENT_INITIATED"),
        (MARIA, "completed", "webhook", "human_left"),
    ),
    "the human's connection is lost": (
        "connected",
        webhook(EventKind.PARTICIPANT_LEFT, why="CONNECTION_TIMEOUT"),
        (MARIA, "human_dropped", "webhook", "human_dropped"),
    ),
    "the human's media never came up": (
        "there",
        webhook(EventKind.CONNECTION_ABORTED, why="CONNECTION_TIMEOUT"),
        (MARIA, "human_away", "webhook", "human_dropped"),
    ),
    "the caller leaves while waiting": (
        "opened",
        webhook(EventKind.PARTICIPANT_LEFT, "caller-1", sid="PA_caller-1"),
        ("caller", "cancelled", "webhook", "caller_left"),
    ),
    "the caller leaves the human": (
        "connected",
        webhook(EventKind.PARTICIPANT_LEFT, "caller-1", sid="PA_caller-1"),
        ("caller", "completed", "webhook", "caller_left"),
    ),
    "the agent leaves beside the human": (
        "connected",
        webhook(EventKind.PARTICIPANT_LEFT, "agent-1", sid="PA_agent-1"),
        ("livekit", "ai_left", "webhook", ""),
    ),
}
OTHERS: dict[str, tuple[str, Act, tuple[str, str, str, str]]] = {
    "a look sees the human": ("claimed", look_with_human, (MARIA, "human_there", "look", "")),
    "a look hears the human": ("there", look_with_human_heard, (MARIA, "connected", "look", "human_heard")),
    "a look misses the human": (
        "connected",
        look_without(),
        (MARIA, "human_dropped", "look", "human_dropped"),
    ),
    "a look misses the silent human": (
        "there",
        look_without(),
        (MARIA, "human_away", "look", "human_dropped"),
    ),
    "a look gives the human up": (
        "connected",
        drop_and_stay_away,
        ("timer", "handed_back", "look", "human_dropped"),
    ),
    "the human leaves the caller alone": (
        "connected",
        human_leaves_without_agent,
        ("timer", "ai_recalled", "caller_alone", "human_left"),
    ),
    "the agent leaves the caller alone": (
        "opened",
        agent_leaves_while_waiting,
        ("timer", "ai_recalled", "agent_lost", "left"),
    ),
    "the human leaves after the end": (
        "connected",
        human_leaves_after_completing,
        ("timer", "ai_recalled", "agent_lost", "human_left"),
    ),
    "a look misses the caller": (
        "opened",
        look_without("caller-1"),
        ("caller", "cancelled", "look", "caller_left"),
    ),
    "a look misses the agent": (
        "opened",
        look_without("agent-1"),
        ("timer", "ai_recalled", "agent_lost", "missing"),
    ),
    "a look finds the agent gone": ("connected", look_without("agent-1"), ("timer", "ai_left", "look", "")),
    "a look finds the agent still there": (
        "connected",
        look_late(3),
        ("timer", "ai_dismissed", "look", "agent_still_there"),
    ),
    "nobody of the first tier answers": (
        "opened",
        look_late(45),
        ("timer", "told", "answer_deadline", "tier_2"),
    ),
    "nobody answers": (
        "opened",
        nobody_answers,
        ("timer", "unanswered", "answer_deadline", "nobody_answered"),
    ),
    "the claim comes to nothing": (
        "claimed",
        look_late(60),
        ("timer", "released", "claim_deadline", "not_there_in_time"),
    ),
    "a job died": (
        "opened",
        lambda world, _row: agents.lost(world.ports, "r", "agent-1", "process_died"),
        ("timer", "ai_recalled", "agent_lost", "process_died"),
    ),
    "the agent says that it left": ("connected", agent_says_it_left, ("agent-1", "ai_left", "room", "")),
    "the claim": (
        "opened",
        lambda world, row: claiming.claim(world.ports, world.code(row), "browser"),
        (MARIA, "claimed", "link", ""),
    ),
    "the same person again": (
        "claimed",
        lambda world, row: claiming.claim(world.ports, world.code(row), "browser"),
        (MARIA, "came_back", "link", ""),
    ),
    "on their way": (
        "opened",
        lambda world, row: answering.eta(world.ports, world.code(row), 2, "browser"),
        (MARIA, "eta", "link", "minutes_2"),
    ),
    "handed back": (
        "connected",
        lambda world, row: handing.hand_back(world.ports, code=world.code(row), browser="browser"),
        (MARIA, "handed_back", "link", "handed_back"),
    ),
    "handed back by another system": (
        "connected",
        lambda world, row: handing.hand_back(world.ports, escalation_id=row.id, actor="crm"),
        ("crm", "handed_back", "api", "handed_back"),
    ),
    "completed": (
        "connected",
        lambda world, row: finishing.complete(world.ports, world.code(row), "browser", Disposition.RESOLVED),
        (MARIA, "completed", "link", "human_completed"),
    ),
    "cancelled": (
        "opened",
        lambda world, row: leaving.cancel(world.ports, row.id, cause="operator", actor="admin"),
        ("admin", "cancelled", "api", "operator"),
    ),
    "erased": (
        "opened",
        lambda world, row: forgetting.erase(world.ports, row.id, actor="admin"),
        ("admin", "personal_data_erased", "api", ""),
    ),
}


@pytest.mark.parametrize("case", WEBHOOKS | OTHERS)
def test_the_timeline_tells_who_did_what_and_why(
    world: World, request: pytest.FixtureRequest, case: str
) -> None:
    stage, act, told = (WEBHOOKS | OTHERS)[case]
    row: Escalation = request.getfixturevalue(stage)
    world.clock.advance(1)

    act(world, row)

    entry = world.row(row).timeline[-1]
    assert (entry.actor, entry.change, entry.cause, entry.reason) == told
    assert entry.at == world.clock()


@pytest.mark.parametrize("case", WEBHOOKS)
def test_an_event_is_noted_with_its_effect(world: World, request: pytest.FixtureRequest, case: str) -> None:
    stage, act, _ = WEBHOOKS[case]
    row: Escalation = request.getfixturevalue(stage)

    act(world, row)

    assert "EV_new" in world.store.events
