"""The limits, and where a falling silent is read from."""

import pytest

from local.rehearsal.judge import WITH_FAREWELL, WITHOUT_FAREWELL, Limits, complaints, silence
from local.rehearsal.loudness import Loudness
from local.rehearsal.messages import Moment
from local.rehearsal.sms import look_at
from local.rehearsal.timeline import STEPS, Timeline

_GOOD_SMS = look_at("A caller is waiting: http://127.0.0.1:8080/j/abcdefghijklmnopqrstuv")


def _speaking(*stretches: tuple[float, float]) -> Loudness:
    """Loud within the stretches, silent between them, one frame every 10 ms from 0 to 10 s."""
    heard = Loudness()
    for index in range(1000):
        at = index / 100
        heard.add(at, -20.0 if any(began <= at < ended for began, ended in stretches) else -96.0)
    return heard


def _timeline(*, silent_ms: int, left_ms: int) -> Timeline:
    timeline = Timeline()
    late = {"ai_silent": silent_ms, "ai_left": left_ms, "two_way_audio": 8000, "completed": 9000}
    steps = list(STEPS)
    active = 100.0 + steps.index("human_active")
    for index, step in enumerate(steps):
        at = active + late[step] / 1000 if step in late else 100.0 + index
        timeline.note(Moment(step=step, at=at, actor=STEPS[step]))
    return timeline


def test_an_ai_cut_in_its_sentence_is_silent_at_its_last_loud_frame() -> None:
    found = silence(_speaking((1.0, 5.12)), human_active=5.0, ai_left=6.0)

    assert found.was_speaking
    assert found.silent == pytest.approx(5.11)
    assert found.hushed == found.silent


def test_a_farewell_counts_for_silence_but_not_for_the_hush() -> None:
    found = silence(_speaking((1.0, 5.1), (5.6, 7.5)), human_active=5.0, ai_left=8.0)

    assert found.hushed == pytest.approx(5.09)
    assert found.silent == pytest.approx(7.49)


def test_an_ai_that_was_silent_already_is_silent_from_the_start() -> None:
    found = silence(_speaking((1.0, 3.0)), human_active=5.0, ai_left=6.0)

    assert not found.was_speaking
    assert found.silent == found.hushed == 5.0


def test_an_ai_that_stopped_on_the_human_agents_way_in_was_cut_off_too() -> None:
    found = silence(_speaking((1.0, 4.8)), human_active=5.0, ai_left=6.0)

    assert found.was_speaking
    assert found.silent == found.hushed == 5.0


def test_frames_that_play_on_after_the_leaving_count() -> None:
    assert silence(_speaking((1.0, 6.05)), human_active=5.0, ai_left=6.0).silent == pytest.approx(6.04)


def test_the_speech_of_an_ai_that_came_back_does_not_count() -> None:
    assert silence(_speaking((1.0, 5.1), (8.0, 9.0)), human_active=5.0, ai_left=6.0).silent == pytest.approx(
        5.09
    )


@pytest.mark.parametrize(
    ("limits", "silent_ms", "left_ms", "named"),
    [
        (WITHOUT_FAREWELL, 300, 2000, []),
        (WITHOUT_FAREWELL, 301, 2000, ["ai_silent"]),
        (WITHOUT_FAREWELL, 100, 2001, ["ai_left"]),
        (WITH_FAREWELL, 4000, 5000, []),
        (WITH_FAREWELL, 4000, 5001, ["ai_left"]),
    ],
)
def test_the_limits_are_held_to_the_millisecond(
    limits: Limits, silent_ms: int, left_ms: int, named: list[str]
) -> None:
    found = complaints(_timeline(silent_ms=silent_ms, left_ms=left_ms), limits, _GOOD_SMS)

    assert [each.split()[0] for each in found] == named


def test_a_missing_step_is_a_complaint() -> None:
    timeline = _timeline(silent_ms=100, left_ms=1000)
    del timeline.moments["completed"]

    assert complaints(timeline, WITHOUT_FAREWELL, _GOOD_SMS) == ["completed did not happen"]


def test_a_bad_sms_is_a_complaint() -> None:
    sms = look_at("Maria has a caller")

    assert complaints(_timeline(silent_ms=1, left_ms=9), WITHOUT_FAREWELL, sms) == []
    named = look_at("Maria has a caller", names=("Maria",))
    assert complaints(_timeline(silent_ms=1, left_ms=9), WITHOUT_FAREWELL, named) == [
        "the SMS holds the name Maria"
    ]
