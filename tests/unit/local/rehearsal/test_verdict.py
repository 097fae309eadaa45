"""What the ears told becomes steps: silence and audio both ways."""

import pytest

from local.rehearsal.hearsay import Hearsay
from local.rehearsal.judge import WITHOUT_FAREWELL
from local.rehearsal.messages import Failed, Heard, Moment, Said
from local.rehearsal.report import figures
from local.rehearsal.verdict import conclude

_LEVELS = (*(-20.0,) * 30, *(-96.0,) * 12, *(-25.0,) * 22, *(-96.0,) * 9, *(-15.0,) * 41)


def _frames(began: float) -> tuple[float, ...]:
    return tuple(began + index / 100 for index in range(len(_LEVELS)))


def _hearsay(*, caller_heard: bool = True) -> Hearsay:
    hearsay = Hearsay(happened=lambda _moment: None)
    for step, at in (("caller_joined", 0.0), ("human_active", 10.0), ("ai_left", 11.0)):
        hearsay.take(Moment(step=step, at=at, actor="x"))
    cut_off = tuple(round(9.9 + index / 100, 2) for index in range(21))
    hearsay.take(Heard(ear="caller", speaker="ai", at=cut_off, dbfs=(-20.0,) * 21))
    hearsay.take(Said(actor="human", text="Hello", at=_frames(12.0), dbfs=_LEVELS))
    hearsay.take(Heard(ear="caller", speaker="human", at=_frames(12.08), dbfs=_LEVELS))
    hearsay.take(Said(actor="caller", text="Hi", at=_frames(14.0), dbfs=_LEVELS))
    if caller_heard:
        hearsay.take(Heard(ear="human", speaker="caller", at=_frames(14.06), dbfs=_LEVELS))
    return hearsay


def test_audio_was_two_way_when_each_side_heard_the_other_say_it() -> None:
    verdict = conclude(_hearsay(), WITHOUT_FAREWELL)

    at = verdict.timeline.at("two_way_audio")
    assert at == pytest.approx(14.0 + len(_LEVELS) / 100 + 0.06, abs=0.05)


def test_audio_was_not_two_way_when_one_side_heard_nothing() -> None:
    verdict = conclude(_hearsay(caller_heard=False), WITHOUT_FAREWELL)

    assert "two_way_audio did not happen" in verdict.complaints


def test_what_the_caller_said_before_the_human_came_proves_nothing() -> None:
    hearsay = _hearsay()
    hearsay.timeline.moments["human_active"] = Moment(step="human_active", at=14.5, actor="human")

    assert conclude(hearsay, WITHOUT_FAREWELL).timeline.at("two_way_audio") is None


def test_silence_is_read_from_the_callers_ear() -> None:
    assert conclude(_hearsay(), WITHOUT_FAREWELL).timeline.between("human_active", "ai_silent") == 100


def test_why_a_rehearsal_stopped_comes_first() -> None:
    verdict = conclude(_hearsay(), WITHOUT_FAREWELL, stopped="the caller could not go on")

    assert verdict.complaints[0] == "the caller could not go on"


def test_failures_are_kept() -> None:
    hearsay = _hearsay()
    hearsay.take(Failed(actor="human", reason="gone"))

    assert [failed.actor for failed in hearsay.failures] == ["human"]


@pytest.mark.parametrize(("age_s", "fresh"), [(0.3, True), (0.9, False), (3.0, False)])
def test_a_spell_is_fresh_only_for_a_while(age_s: float, fresh: bool) -> None:
    hearsay = Hearsay(happened=lambda _moment: None)
    frames = int(age_s * 100)
    quiet = tuple(index / 100 for index in range(100))
    loud = tuple(1.0 + index / 100 for index in range(frames))
    hearsay.take(Heard(ear="caller", speaker="ai", at=quiet, dbfs=(-96.0,) * 100))
    hearsay.take(Heard(ear="caller", speaker="ai", at=loud, dbfs=(-20.0,) * frames))

    assert hearsay.just_began("caller", "ai", within_s=0.6) is fresh


def test_a_farewell_is_told_apart_from_the_hush_before_it() -> None:
    hearsay = _hearsay()
    farewell = tuple(10.2 + index / 100 for index in range(80))
    hearsay.heard[("caller", "ai")].extend(farewell, (-20.0,) * 80)

    told = figures(conclude(hearsay, WITHOUT_FAREWELL))[0]

    assert "stopped 100 ms" in told
    assert "silent for good, its farewell said, after 990 ms" in told


def test_without_a_farewell_only_the_silence_is_told() -> None:
    assert "fell silent 100 ms" in figures(conclude(_hearsay(), WITHOUT_FAREWELL))[0]
