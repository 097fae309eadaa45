"""LiveKit's rooms behind the port: gone is done, broken is asked twice, and nothing is doubled."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from livekit import api as lk

from lambda_api.adapters.livekit import LiveKitRooms
from lambda_api.adapters.livekit_client import LiveKitClient
from lambda_api.config.livekit_keys import keys_from
from lambda_api.escalations.errors import UnavailableError
from lambda_api.escalations.rooms import Participant, ParticipantKind
from tests.unit.lambda_api.http.twirp import BROKEN, NO_SERVERS, NOT_FOUND, Twirp

ROOM = lk.ListRoomsResponse(rooms=[lk.Room(name="r")])
NO_ROOM = lk.ListRoomsResponse()
CALLER = lk.ParticipantInfo(identity="caller-1", sid="PA_c", state=lk.ParticipantInfo.ACTIVE)
AGENT = lk.ParticipantInfo(
    identity="agent-1",
    sid="PA_a",
    kind=lk.ParticipantInfo.AGENT,
    attributes={"lk.agent.name": "handoff-agent"},
)
OTHER_AGENT = lk.ParticipantInfo(
    identity="agent-2", kind=lk.ParticipantInfo.AGENT, attributes={"lk.agent.name": "note-taker"}
)
AVATAR = lk.ParticipantInfo(
    identity="tavus-avatar-agent", kind=AGENT.kind, attributes={"lk.publish_on_behalf": "agent-1"}
)


@pytest.fixture
def twirp() -> Iterator[Twirp]:
    with Twirp().served() as twirp:
        yield twirp


@pytest.fixture
def rooms(twirp: Twirp) -> LiveKitRooms:
    keys = keys_from({"url": twirp.url, "api_key": "APIapi", "api_secret": "a" * 43})
    return LiveKitRooms(client=LiveKitClient(keys=lambda: keys), agent_name="handoff-agent")


def people(*infos: lk.ParticipantInfo) -> lk.ListParticipantsResponse:
    return lk.ListParticipantsResponse(participants=infos)


def dispatches(*names: str, metadata: str = "", age_s: float = 0) -> lk.ListAgentDispatchResponse:
    created = int((time.time() - age_s) * 1e9)
    found = [
        lk.AgentDispatch(
            id=f"AD_{name}",
            agent_name=name,
            room="r",
            metadata=metadata,
            state=lk.AgentDispatchState(created_at=created),
        )
        for name in names
    ]
    return lk.ListAgentDispatchResponse(agent_dispatches=found)


def test_people_are_seen_as_the_domain_wants_them(twirp: Twirp, rooms: LiveKitRooms) -> None:
    microphone = lk.TrackInfo(type=lk.TrackType.AUDIO)
    human = lk.ParticipantInfo(
        identity="human-agent-maria-1",
        sid="PA_h",
        state=lk.ParticipantInfo.ACTIVE,
        joined_at_ms=1_795_563_121_015,
        tracks=[microphone],
    )
    muted = lk.ParticipantInfo(identity="x", tracks=[lk.TrackInfo(type=lk.TrackType.AUDIO, muted=True)])
    camera = lk.ParticipantInfo(identity="y", tracks=[lk.TrackInfo(type=lk.TrackType.VIDEO)])
    twirp.answers["ListParticipants"] = [people(human, AGENT, muted, camera)]

    found = rooms.participants("r") or ()

    assert found[0] == Participant(
        identity="human-agent-maria-1",
        sid="PA_h",
        kind=ParticipantKind.STANDARD,
        active=True,
        joined_at=datetime(2026, 11, 24, 23, 32, 1, 15_000, tzinfo=UTC),
        audio_heard=True,
    )
    assert (found[1].kind, found[1].active) == (ParticipantKind.AGENT, False)
    assert [one.audio_heard for one in found[2:]] == [False, False]


def test_only_who_came_by_telephone_has_a_number(twirp: Twirp, rooms: LiveKitRooms) -> None:
    said = {"sip.phoneNumber": "+15005550199"}
    phone = lk.ParticipantInfo(identity="sip_1", name="Ada", kind=lk.ParticipantInfo.SIP, attributes=said)
    browser = lk.ParticipantInfo(identity="caller-1", name="Bob", attributes=said)
    twirp.answers["ListParticipants"] = [people(phone, browser)]

    found = rooms.participants("r") or ()

    assert [(one.name, one.phone) for one in found] == [("Ada", "+15005550199"), ("Bob", "")]


def test_an_avatar_is_known_by_its_agent_and_nobody_can_pass_for_one(
    twirp: Twirp, rooms: LiveKitRooms
) -> None:
    passing = lk.ParticipantInfo(identity="caller-1", attributes={"lk.publish_on_behalf": "agent-1"})
    twirp.answers["ListParticipants"] = [people(AVATAR, AGENT, passing)]

    assert [one.behalf_of for one in rooms.participants("r") or ()] == ["agent-1", "", ""]


@pytest.mark.parametrize(("listed", "seen"), [(ROOM, ()), (NO_ROOM, None)], ids=["empty", "absent"])
def test_an_empty_room_is_not_an_absent_one(
    twirp: Twirp, rooms: LiveKitRooms, listed: lk.ListRoomsResponse, seen: object
) -> None:
    twirp.answers |= {"ListParticipants": [people()], "ListRooms": [listed]}

    assert rooms.participants("r") == seen


def test_who_is_gone_already_is_removed(twirp: Twirp, rooms: LiveKitRooms) -> None:
    twirp.answers["RemoveParticipant"] = [NOT_FOUND]

    rooms.remove("r", "caller-1")

    assert twirp.methods() == ["RemoveParticipant"]


def test_a_fault_is_asked_about_once_more(twirp: Twirp, rooms: LiveKitRooms) -> None:
    twirp.answers["RemoveParticipant"] = [BROKEN, lk.RemoveParticipantResponse()]

    rooms.remove("r", "caller-1")

    assert len(twirp.asked) == 2


def test_a_fault_that_stays_is_said_after_the_third_time(twirp: Twirp, rooms: LiveKitRooms) -> None:
    twirp.answers["RemoveParticipant"] = [BROKEN]

    with pytest.raises(UnavailableError):
        rooms.remove("r", "caller-1")

    assert len(twirp.asked) == 3


def test_a_room_that_nobody_can_tell_of_may_be_there_and_is_asked_about_again(
    twirp: Twirp, rooms: LiveKitRooms
) -> None:
    twirp.answers["RemoveParticipant"] = [NO_SERVERS, lk.RemoveParticipantResponse()]
    twirp.answers["ListRooms"] = [NO_SERVERS]

    rooms.remove("r", "caller-1")

    assert twirp.methods() == ["RemoveParticipant", "ListRooms", "RemoveParticipant"]


def test_a_refusal_is_not_asked_about_again(twirp: Twirp, rooms: LiveKitRooms) -> None:
    twirp.answers["RemoveParticipant"] = [(401, "unauthenticated")]

    with pytest.raises(UnavailableError):
        rooms.remove("r", "caller-1")

    assert len(twirp.asked) == 1


def test_nobody_listens_where_livekit_should_be() -> None:
    keys = keys_from({"url": "http://127.0.0.1:9", "api_key": "APIapi", "api_secret": "a" * 43})
    rooms = LiveKitRooms(client=LiveKitClient(keys=lambda: keys), agent_name="handoff-agent")
    started = time.monotonic()

    with pytest.raises(UnavailableError):
        rooms.participants("r")

    assert time.monotonic() - started < 3


def test_a_nudge_is_reliable_named_and_sent_until_it_arrives(twirp: Twirp, rooms: LiveKitRooms) -> None:
    twirp.answers |= {"SendData": [NO_SERVERS, lk.SendDataResponse()], "ListRooms": [ROOM]}

    rooms.nudge("r", {"type": "human_there"})

    sent = [lk.SendDataRequest.FromString(body) for method, body in twirp.asked if method == "SendData"]
    assert [(one.topic, one.data, one.kind) for one in sent] == [
        ("handoff", b'{"type": "human_there"}', 0)
    ] * 2


def test_a_nudge_into_a_room_that_is_gone_is_done(twirp: Twirp, rooms: LiveKitRooms) -> None:
    twirp.answers |= {"SendData": [NO_SERVERS], "ListRooms": [NO_ROOM]}

    rooms.nudge("r", {"type": "human_there"})

    assert twirp.methods() == ["SendData", "ListRooms"]


def test_our_agent_is_dismissed_and_other_agents_stay(twirp: Twirp, rooms: LiveKitRooms) -> None:
    twirp.answers |= {
        "ListDispatch": [dispatches("handoff-agent", "note-taker", "")],
        "DeleteDispatch": [lk.AgentDispatch()],
        "ListParticipants": [people(CALLER, AGENT, OTHER_AGENT)],
        "RemoveParticipant": [lk.RemoveParticipantResponse()],
    }

    rooms.dismiss_agent("r")

    [deleted] = [body for method, body in twirp.asked if method == "DeleteDispatch"]
    [removed] = [body for method, body in twirp.asked if method == "RemoveParticipant"]
    assert lk.DeleteAgentDispatchRequest.FromString(deleted).dispatch_id == "AD_handoff-agent"
    assert lk.RoomParticipantIdentity.FromString(removed).identity == "agent-1"


def test_an_avatar_goes_with_our_agent_and_with_no_other(twirp: Twirp, rooms: LiveKitRooms) -> None:
    others = lk.ParticipantInfo(
        identity="other-avatar", kind=AGENT.kind, attributes={"lk.publish_on_behalf": "agent-2"}
    )
    twirp.answers |= {
        "ListDispatch": [dispatches()],
        "ListParticipants": [people(CALLER, AVATAR, AGENT, OTHER_AGENT, others)],
        "RemoveParticipant": [lk.RemoveParticipantResponse()] * 2,
    }

    rooms.dismiss_agent("r")

    removed = [body for method, body in twirp.asked if method == "RemoveParticipant"]
    identities = {lk.RoomParticipantIdentity.FromString(body).identity for body in removed}
    assert identities == {"agent-1", "tavus-avatar-agent"}


def test_dismissing_from_a_room_that_is_gone_is_done(twirp: Twirp, rooms: LiveKitRooms) -> None:
    twirp.answers |= {"ListDispatch": [NO_SERVERS], "ListRooms": [NO_ROOM], "ListParticipants": [people()]}

    rooms.dismiss_agent("r")


@pytest.mark.parametrize("there", [people(CALLER), people(CALLER, AVATAR)], ids=["alone", "with its avatar"])
def test_the_agent_is_brought_back_and_its_old_dispatch_goes(
    twirp: Twirp, rooms: LiveKitRooms, there: lk.ListParticipantsResponse
) -> None:
    twirp.answers |= {
        "ListParticipants": [there],
        "ListDispatch": [dispatches("handoff-agent", age_s=60)],
        "DeleteDispatch": [lk.AgentDispatch()],
        "CreateDispatch": [lk.AgentDispatch()],
    }

    rooms.dispatch_agent("r", {"resume": True})

    [created] = [body for method, body in twirp.asked if method == "CreateDispatch"]
    request = lk.CreateAgentDispatchRequest.FromString(created)
    assert (request.agent_name, request.room, request.metadata) == ("handoff-agent", "r", '{"resume": true}')
    assert "DeleteDispatch" in twirp.methods()


RESUME = '{"resume": true}'


@pytest.mark.parametrize(
    ("there", "age_s"),
    [(people(), 60), (people(CALLER, AGENT), 60), (people(CALLER), 2)],
    ids=["nobody is there", "the agent is there", "the agent is on its way"],
)
def test_no_second_agent_is_brought(
    twirp: Twirp, rooms: LiveKitRooms, there: lk.ListParticipantsResponse, age_s: float
) -> None:
    twirp.answers |= {
        "ListParticipants": [there],
        "ListDispatch": [dispatches("handoff-agent", metadata=RESUME, age_s=age_s)],
    }

    rooms.dispatch_agent("r", {"resume": True})

    assert twirp.methods() == ["ListParticipants", "ListDispatch"]


def test_an_agent_that_nobody_brought_in_time_is_asked_for_anew(twirp: Twirp, rooms: LiveKitRooms) -> None:
    twirp.answers |= {
        "ListParticipants": [people(CALLER)],
        "ListDispatch": [dispatches("handoff-agent", metadata=RESUME, age_s=11)],
        "DeleteDispatch": [NOT_FOUND],
        "CreateDispatch": [lk.AgentDispatch()],
    }

    rooms.dispatch_agent("r", {"resume": True})

    assert "CreateDispatch" in twirp.methods()


def test_a_dispatch_that_may_have_arrived_is_not_asked_for_twice(twirp: Twirp, rooms: LiveKitRooms) -> None:
    twirp.answers |= {
        "ListParticipants": [people(CALLER)],
        "ListDispatch": [dispatches()],
        "CreateDispatch": [BROKEN],
    }

    with pytest.raises(UnavailableError):
        rooms.dispatch_agent("r", {"resume": True})

    assert twirp.methods().count("CreateDispatch") == 1


RELIEF = {"replaces": "agent-1"}
TAKEN = [lk.Job(id="AJ_2")]


def relief(*, age_s: float, jobs: list[lk.Job]) -> lk.ListAgentDispatchResponse:
    found = dispatches("handoff-agent", metadata='{"replaces": "agent-1"}', age_s=age_s)
    found.agent_dispatches[0].state.jobs.extend(jobs)
    found.agent_dispatches.extend(dispatches("handoff-agent", age_s=300).agent_dispatches)
    found.agent_dispatches[1].id = "AD_of_the_one_that_leaves"
    return found


def test_an_agent_comes_beside_the_one_that_leaves_and_the_latters_dispatch_stands(
    twirp: Twirp, rooms: LiveKitRooms
) -> None:
    twirp.answers |= {
        "ListParticipants": [people(CALLER, AGENT, AVATAR, OTHER_AGENT)],
        "ListDispatch": [relief(age_s=3, jobs=[])],
        "DeleteDispatch": [lk.AgentDispatch()],
        "CreateDispatch": [lk.AgentDispatch()],
    }

    rooms.relieve_agent("r", RELIEF, "agent-1")

    [deleted] = [body for method, body in twirp.asked if method == "DeleteDispatch"]
    assert lk.DeleteAgentDispatchRequest.FromString(deleted).dispatch_id == "AD_handoff-agent"
    assert twirp.methods()[-1] == "CreateDispatch"


@pytest.mark.parametrize(
    ("there", "age_s", "jobs"),
    [
        (people(CALLER, AGENT), 1, []),
        (people(CALLER, AGENT), 9, TAKEN),
        (people(CALLER), 60, TAKEN),
        (people(CALLER, AGENT, lk.ParticipantInfo(identity="agent-9", kind=AGENT.kind)), 60, TAKEN),
    ],
    ids=["just offered", "on its way", "the one that leaves has left", "a successor is there"],
)
def test_no_second_successor_is_brought(
    twirp: Twirp, rooms: LiveKitRooms, there: lk.ListParticipantsResponse, age_s: float, jobs: list[lk.Job]
) -> None:
    twirp.answers |= {"ListParticipants": [there], "ListDispatch": [relief(age_s=age_s, jobs=jobs)]}

    rooms.relieve_agent("r", RELIEF, "agent-1")

    assert twirp.methods() == ["ListParticipants", "ListDispatch"]


def test_a_thread_that_ends_leaves_nothing_open(twirp: Twirp, rooms: LiveKitRooms) -> None:
    twirp.answers = {"SendData": [lk.SendDataResponse()] * 20}

    def ask() -> None:
        with ThreadPoolExecutor(1) as requests:
            requests.submit(rooms.nudge, "r", {"type": "released"}).result()

    ask()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(10):
        ask()

    assert len(os.listdir("/proc/self/fd")) <= before
