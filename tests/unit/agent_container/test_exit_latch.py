"""The exit latch, on a clock that jumps instead of waiting."""

import asyncio

import pytest

from agent_container.confirmation import Confirmation
from agent_container.errors import ApiUnreachableError
from agent_container.exit_latch import ExitLatch
from agent_container.phase import Phase
from tests.unit.agent_container.clock import jumping_clock
from tests.unit.agent_container.fakes import (
    JONAS,
    MARIA,
    FakeClaims,
    FakeDeparture,
    FakePresence,
    FakeVoice,
)

ZOE = "human-agent-zoe-1"


class House:
    def __init__(self, *, farewell: bool = True) -> None:
        self.presence = FakePresence()
        self.voice = FakeVoice()
        self.claims = FakeClaims()
        self.departure = FakeDeparture()
        self.confirmation = Confirmation(claims=self.claims, presence=self.presence)
        self.latch = ExitLatch(
            presence=self.presence,
            voice=self.voice,
            confirmation=self.confirmation,
            departure=self.departure,
            farewell=farewell,
        )

    def phase(self) -> Phase:
        return self.latch.phase

    def hear(self, identity: str) -> None:
        self.presence.heard.add(identity)
        self.latch.heard(identity, way="room")


@jumping_clock
async def test_the_ai_is_silent_before_anything_else_can_run() -> None:
    house = House()
    house.claims.takes = 0.5

    house.hear(MARIA)

    assert house.voice.is_silent()
    assert not house.voice.masked
    assert house.phase() is Phase.LEAVING
    assert house.latch.human == MARIA


@jumping_clock
async def test_for_somebody_who_is_not_heard_yet_it_is_silent_and_keeps_its_face() -> None:
    house = House()

    house.latch.there(MARIA, way="room")

    assert house.voice.is_silent()
    assert house.voice.masked


@jumping_clock
async def test_it_says_who_takes_over_and_leaves() -> None:
    house = House()

    house.hear(MARIA)
    await asyncio.sleep(2.1)

    assert house.voice.farewells == ["You are now connected with Maria. Goodbye."]
    assert house.departure.left == [(MARIA, "room")]
    assert house.phase() is Phase.GONE


@jumping_clock
async def test_with_the_farewell_off_it_leaves_without_a_word() -> None:
    house = House(farewell=False)

    house.hear(MARIA)
    await asyncio.sleep(0.01)

    assert house.voice.farewells == []
    assert house.departure.left == [(MARIA, "room")]


@jumping_clock
async def test_somebody_expected_is_confirmed_before_they_can_be_heard() -> None:
    house = House(farewell=False)
    house.claims.takes = 0.5
    house.latch.expect(MARIA)
    await asyncio.sleep(0.6)

    house.hear(MARIA)
    await asyncio.sleep(0.01)

    assert house.departure.left == [(MARIA, "room")]
    assert house.claims.asked == [MARIA]


@jumping_clock
async def test_doubled_and_swapped_signals_have_one_effect() -> None:
    house = House()

    house.hear(MARIA)
    house.latch.there(MARIA, way="room")
    house.latch.heard(MARIA, way="server")
    house.latch.there(MARIA, way="server")
    await asyncio.sleep(5)
    house.latch.heard(MARIA, way="server")
    house.latch.gone(MARIA)
    await asyncio.sleep(5)

    assert house.departure.left == [(MARIA, "room")]
    assert house.voice.said == []
    assert house.voice.is_silent()


@jumping_clock
async def test_the_servers_word_alone_suffices() -> None:
    house = House()

    house.latch.heard(MARIA, way="server")
    await asyncio.sleep(2.1)

    assert house.departure.left == [(MARIA, "server")]


@jumping_clock
async def test_hearing_that_the_human_is_there_is_enough_when_the_room_shows_an_open_microphone() -> None:
    house = House(farewell=False)
    house.presence.heard.add(MARIA)

    house.latch.there(MARIA, way="server")
    await asyncio.sleep(0.01)

    assert house.departure.left == [(MARIA, "server")]


@jumping_clock
async def test_without_a_claim_the_ai_goes_on_and_says_nothing_wrong() -> None:
    house = House()
    house.claims.names.clear()

    house.hear(MARIA)
    assert house.voice.is_silent()
    await asyncio.sleep(0.01)

    assert not house.voice.is_silent()
    assert house.voice.said == []
    assert house.phase() is Phase.HELPING
    assert house.departure.left == []


@jumping_clock
async def test_somebody_refused_cannot_silence_the_ai_again() -> None:
    house = House()
    house.claims.names.clear()
    house.hear(MARIA)
    await asyncio.sleep(0.01)

    house.latch.heard(MARIA, way="room")
    house.presence.heard.clear()
    house.latch.there(MARIA, way="room")

    assert not house.voice.is_silent()


@jumping_clock
async def test_the_server_may_vouch_for_somebody_refused_before() -> None:
    house = House(farewell=False)
    house.claims.names.clear()
    house.hear(MARIA)
    await asyncio.sleep(0.01)
    house.claims.names[MARIA] = "Maria"

    house.confirmation.reconsider(MARIA)
    house.confirmation.reconsider(JONAS)
    house.latch.heard(MARIA, way="server")
    await asyncio.sleep(0.01)

    assert house.departure.left == [(MARIA, "server")]


@pytest.mark.parametrize("takes", [0.0, 30.0])
@jumping_clock
async def test_when_the_api_does_not_answer_the_seat_in_the_token_counts(takes: float) -> None:
    house = House()
    house.claims.takes, house.claims.failure = takes, ApiUnreachableError("ConnectError")
    house.presence.seats.add(MARIA)

    house.hear(MARIA)
    await asyncio.sleep(1.0 + 2.1)

    assert house.voice.farewells == ["You are now connected with Maria from the token. Goodbye."]
    assert house.departure.left == [(MARIA, "room")]


@jumping_clock
async def test_without_the_api_and_without_a_seat_the_ai_stays_but_asks_again_next_time() -> None:
    house = House(farewell=False)
    house.claims.failure = ApiUnreachableError("ConnectError")
    house.hear(MARIA)
    await asyncio.sleep(0.01)
    assert house.phase() is Phase.HELPING

    house.claims.failure = None
    house.hear(MARIA)
    await asyncio.sleep(0.01)

    assert house.departure.left == [(MARIA, "room")]


@jumping_clock
async def test_for_a_human_without_microphone_the_ai_pauses_then_says_so_once_and_helps() -> None:
    house = House()

    house.latch.there(MARIA, way="room")
    assert house.voice.is_silent()
    await asyncio.sleep(2.9)
    assert house.voice.is_silent()
    await asyncio.sleep(0.2)

    assert not house.voice.is_silent()
    assert house.voice.said == ["Maria is joining, their microphone is not on yet. I am still here."]
    house.latch.there(MARIA, way="server")
    await asyncio.sleep(5)
    assert len(house.voice.said) == 1
    assert not house.voice.is_silent()


@jumping_clock
async def test_the_microphone_coming_on_during_the_pause_hands_over() -> None:
    house = House(farewell=False)
    house.latch.there(MARIA, way="room")
    await asyncio.sleep(1)

    house.hear(MARIA)
    await asyncio.sleep(5)

    assert house.departure.left == [(MARIA, "room")]
    assert house.voice.said == []


@jumping_clock
async def test_the_microphone_coming_on_after_the_announcement_hands_over() -> None:
    house = House(farewell=False)
    house.latch.there(MARIA, way="room")
    await asyncio.sleep(10)

    house.hear(MARIA)
    await asyncio.sleep(0.01)

    assert house.departure.left == [(MARIA, "room")]


@jumping_clock
async def test_a_missed_unmute_is_noticed_at_the_end_of_the_pause() -> None:
    house = House(farewell=False)
    house.latch.there(MARIA, way="server")
    house.presence.heard.add(MARIA)

    await asyncio.sleep(3.1)

    assert house.departure.left == [(MARIA, "server")]
    assert house.voice.said == []


@jumping_clock
async def test_a_stranger_without_microphone_does_not_hold_up_the_ai() -> None:
    house = House()
    house.claims.names.clear()

    house.latch.there(MARIA, way="room")
    await asyncio.sleep(0.01)

    assert not house.voice.is_silent()
    assert house.voice.said == []


@jumping_clock
async def test_a_human_who_leaves_during_the_farewell_brings_the_ai_back() -> None:
    house = House()
    house.hear(MARIA)
    await asyncio.sleep(1)

    house.presence.heard.clear()
    house.latch.gone(MARIA)
    await asyncio.sleep(5)

    assert house.departure.left == []
    assert not house.voice.is_silent()
    assert house.voice.said == ["Maria has left the call again. I am still here with you."]


@jumping_clock
async def test_a_human_who_mutes_during_the_farewell_is_waited_for_and_then_told_about() -> None:
    house = House()
    house.hear(MARIA)
    await asyncio.sleep(1)

    house.presence.heard.clear()
    house.latch.muted(MARIA)
    assert house.voice.is_silent()
    await asyncio.sleep(3.1)

    assert house.departure.left == []
    assert house.voice.said == ["Maria is joining, their microphone is not on yet. I am still here."]


@jumping_clock
async def test_muting_one_of_two_microphones_changes_nothing() -> None:
    house = House()
    house.hear(MARIA)

    house.latch.muted(MARIA)
    await asyncio.sleep(2.1)

    assert house.departure.left == [(MARIA, "room")]


@jumping_clock
async def test_a_human_who_was_told_about_and_leaves_is_told_about_again() -> None:
    house = House()
    house.latch.there(MARIA, way="room")
    await asyncio.sleep(3.1)

    house.latch.gone(MARIA)
    house.latch.gone(MARIA)

    assert house.voice.said[1:] == ["Maria has left the call again. I am still here with you."]


@jumping_clock
async def test_somebody_elses_leaving_means_nothing() -> None:
    house = House()
    house.hear(MARIA)

    house.latch.gone(JONAS)
    house.latch.muted(JONAS)
    await asyncio.sleep(2.1)

    assert house.departure.left == [(MARIA, "room")]


@jumping_clock
async def test_when_one_human_leaves_another_who_can_be_heard_takes_over() -> None:
    house = House()
    house.hear(MARIA)
    house.presence.heard.add(JONAS)
    await asyncio.sleep(1)

    house.presence.heard.discard(MARIA)
    house.latch.gone(MARIA)
    await asyncio.sleep(2.1)

    assert house.departure.left == [(JONAS, "room")]
    assert house.voice.said == []


@jumping_clock
async def test_somebody_refused_does_not_stand_in_front_of_a_human_heard_meanwhile() -> None:
    house = House()
    house.claims.takes = 0.5
    del house.claims.names[JONAS]
    house.hear(JONAS)
    await asyncio.sleep(0.1)

    house.hear(MARIA)
    await asyncio.sleep(3.1)

    assert house.departure.left == [(MARIA, "room")]


@jumping_clock
async def test_a_human_who_mutes_while_another_can_be_heard_leaves_the_call_to_them() -> None:
    house = House()
    house.hear(MARIA)
    await asyncio.sleep(1)
    house.hear(JONAS)

    house.presence.heard.discard(MARIA)
    house.latch.muted(MARIA)
    await asyncio.sleep(5.1)

    assert house.departure.left == [(JONAS, "room")]
    assert house.voice.said == []


@jumping_clock
async def test_when_a_human_leaves_somebody_refused_does_not_stand_in_front_of_another() -> None:
    house = House()
    house.claims.names = {MARIA: "Maria", ZOE: "Zoe"}
    house.hear(JONAS)
    await asyncio.sleep(0.1)
    house.hear(MARIA)
    house.hear(ZOE)

    house.presence.heard.discard(MARIA)
    house.latch.gone(MARIA)
    await asyncio.sleep(2.1)

    assert house.departure.left == [(ZOE, "room")]


@jumping_clock
async def test_a_human_who_leaves_before_being_confirmed_is_not_named() -> None:
    house = House()
    house.claims.takes = 0.5
    house.latch.there(MARIA, way="room")
    await asyncio.sleep(0.1)

    house.latch.gone(MARIA)

    assert not house.voice.is_silent()
    assert house.voice.said == []


@jumping_clock
async def test_news_is_kept_back_while_the_floor_is_the_humans() -> None:
    house = House()
    house.latch.announce("before")
    house.hear(MARIA)

    house.latch.announce("during")

    assert house.voice.said == ["before"]


@jumping_clock
async def test_a_failing_exit_gives_the_ai_its_voice_back(caplog: pytest.LogCaptureFixture) -> None:
    house = House()
    house.voice.failure = ValueError("broken")

    house.hear(MARIA)
    await asyncio.sleep(0.01)

    assert not house.voice.is_silent()
    assert house.phase() is Phase.HELPING
    assert "the exit failed" in caplog.text


@jumping_clock
async def test_a_failing_goodbye_to_the_api_does_not_bring_the_voice_back() -> None:
    house = House(farewell=False)

    async def broken(*, human_identity: str, way: str) -> None:
        del human_identity, way
        raise ValueError("broken")

    house.departure.leave = broken  # type: ignore[method-assign]
    house.hear(MARIA)
    await asyncio.sleep(0.01)

    assert house.voice.is_silent()
    assert house.phase() is Phase.GONE
