"""The picture is well-formed, shows every step, and its labels do not overlap."""

import xml.etree.ElementTree as ElementTree

from local.rehearsal import svg
from local.rehearsal.hearsay import Hearsay
from local.rehearsal.messages import Heard, Moment, Said
from local.rehearsal.picture import draw
from local.rehearsal.timeline import STEPS


def _hearsay() -> Hearsay:
    hearsay = Hearsay(happened=lambda _moment: None)
    for index, (step, actor) in enumerate(STEPS.items()):
        hearsay.take(Moment(step=step, at=500.0 + index, actor=actor))
    at = tuple(500.0 + index / 100 for index in range(300))
    hearsay.take(Said(actor="caller", text="Hello <you> & me", at=at, dbfs=(-20.0,) * 300))
    hearsay.take(Heard(ear="caller", speaker="ai", at=at, dbfs=(-30.0,) * 300))
    return hearsay


def _texts(picture: str) -> list[str]:
    root = ElementTree.fromstring(picture)  # noqa: S314 - our own drawing
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_every_step_is_written_with_its_time() -> None:
    texts = _texts(draw(_hearsay()))

    for index, step in enumerate(STEPS):
        assert f"{step} {index:.2f}" in texts


def test_the_handoff_is_enlarged_with_the_time_to_silence() -> None:
    texts = _texts(draw(_hearsay()))

    assert "The moment of the handoff, enlarged" in texts
    assert "1000 ms from heard to silent" in texts


def test_a_call_without_a_handoff_still_has_a_picture() -> None:
    hearsay = _hearsay()
    del hearsay.timeline.moments["human_active"]

    assert "The moment of the handoff, enlarged" not in _texts(draw(hearsay))


def test_a_call_that_never_began_says_so() -> None:
    assert _texts(draw(Hearsay(happened=lambda _moment: None))) == ["the caller did not join"]


def test_speech_is_drawn_as_an_envelope() -> None:
    root = ElementTree.fromstring(draw(_hearsay()))  # noqa: S314 - our own drawing

    assert len(list(root.iter("{http://www.w3.org/2000/svg}polygon"))) >= 2


def test_labels_that_would_overlap_go_into_rows_of_their_own() -> None:
    assert svg.rows([(0, "escalation_stored"), (10, "sms_sent"), (20, "link_opened"), (400, "claimed")]) == [
        0,
        1,
        2,
        0,
    ]
