"""The sentences that the worker plays without a voice are recorded while the machine is set up."""

import tomllib
import wave
from pathlib import Path

import pytest

from local.setup import clips


def test_every_sentence_is_recorded_once(tmp_path: Path) -> None:
    folder = tmp_path / "clips"
    assert not clips.recorded(folder)

    clips.record(folder)

    assert clips.recorded(folder)
    texts = tomllib.loads(clips.TEXTS.read_text())["clips"]
    assert {path.stem for path in folder.glob("*.wav")} == set(texts)
    with wave.open(str(folder / "moment.wav")) as file:
        assert file.getnframes() / file.getframerate() > 0.5


def test_changed_sentences_are_recorded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = tmp_path / "prompts.toml"
    changed.write_text('[clips]\nmoment = "Just a second."\n')
    folder = tmp_path / "clips"
    clips.record(folder)

    monkeypatch.setattr(clips, "TEXTS", changed)

    assert not clips.recorded(folder)
