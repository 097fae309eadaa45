"""The real worker with both switches on: music for the caller, a brief for the human alone, then silence."""

from agent_container import hold_music, private_briefing
from local.rehearsal.loudness import SILENCE_DBFS
from tests.integration.worker.rooms import House
from tests.integration.worker.scripted import SUMMARY, WISH


async def test_the_caller_waits_to_music_and_the_human_alone_is_briefed(call: House) -> None:
    await call.begin()
    await call.a_person_is_asked_for(WISH)
    await call.caller.until("the music", lambda: call.caller.hears(hold_music.TRACK), within=40.0)

    await call.human_joins(muted=True)
    await call.human.until("the briefing", lambda: call.human.hears(private_briefing.TRACK), within=40.0)
    talks = call.human_talks()
    await call.ai_leaves()

    assert any(SUMMARY in text for text in call.providers.spoken)
    assert call.caller.loudest(private_briefing.TRACK) < SILENCE_DBFS
    assert call.caller.loudest(hold_music.TRACK, since=talks) < SILENCE_DBFS
    assert call.api.posted.count("POST /v1/escalations/esc_1/ai-left") == 1
