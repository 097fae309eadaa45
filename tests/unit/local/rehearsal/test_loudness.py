"""Levels, spells of speech and the last audible frame."""

import numpy as np
import pytest

from local.rehearsal.loudness import FLOOR_DBFS, Loudness, Spell, dbfs


def _curve(*levels: float, began: float = 0.0) -> Loudness:
    return Loudness([began + index * 0.01 for index in range(len(levels))], list(levels))


@pytest.mark.parametrize(
    ("amplitude", "expected"), [(32767, 0.0), (3277, -20.0), (328, -40.0), (33, -59.9), (0, FLOOR_DBFS)]
)
def test_a_square_wave_has_the_level_of_its_amplitude(amplitude: int, expected: float) -> None:
    samples = np.array([amplitude, -amplitude] * 80, dtype=np.int16)

    assert dbfs(samples) == pytest.approx(expected, abs=0.1)


def test_a_frame_without_samples_is_as_quiet_as_can_be() -> None:
    assert dbfs(np.array([], dtype=np.int16)) == FLOOR_DBFS


def test_a_frame_at_the_threshold_is_silent_and_one_above_is_not() -> None:
    assert _curve(-60.0).last_loud() is None
    assert _curve(-59.9).last_loud() == 0.0


def test_the_last_loud_frame_is_searched_before_a_moment_only() -> None:
    heard = _curve(-20, -90, -20, -90)

    assert heard.last_loud() == pytest.approx(0.02)
    assert heard.last_loud(until=0.02) == pytest.approx(0.0)


def test_the_first_loud_frame_is_searched_from_a_moment_on() -> None:
    heard = _curve(-20, -90, -20)

    assert heard.first_loud(since=0.005) == pytest.approx(0.02)
    assert heard.first_loud(since=0.03) is None


def test_a_short_pause_does_not_end_a_spell_and_a_long_one_does() -> None:
    heard = _curve(-20, *[-90.0] * 10, -20, *[-90.0] * 60, -20)

    assert [(round(spell.began, 2), round(spell.ended, 2)) for spell in heard.spells(pause_s=0.4)] == [
        (0.0, 0.12),
        (0.72, 0.73),
    ]


def test_silence_has_no_spells() -> None:
    assert _curve(-90, -90).spells() == []
    assert Loudness().spells() == list[Spell]()


def test_frames_of_a_burst_fall_into_their_slot_and_the_loudest_counts() -> None:
    heard = Loudness([0.001, 0.002, 0.025], [-50.0, -30.0, -40.0])

    assert heard.on_grid(0.0, 4).tolist() == [30.0, 0.0, 20.0, 0.0]


def test_frames_at_exact_distances_have_a_slot_each() -> None:
    began = 61_234.517
    said = Loudness([began + 0.01 * frame for frame in range(50)], [-30.0] * 50)

    assert said.on_grid(began, 50).tolist() == [30.0] * 50
