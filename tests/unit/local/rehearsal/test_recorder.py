"""Recordings keep their time: frames in a row, gaps as silence, all speakers in one mix."""

import wave
from pathlib import Path

import numpy as np

from local.rehearsal.recorder import Recorder

_RATE = 1000
_FRAME = np.full(10, 1000, dtype=np.int16)


def _read(path: Path) -> list[int]:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, _RATE)
        return [int(each) for each in np.frombuffer(file.readframes(file.getnframes()), dtype=np.int16)]


def test_late_frames_move_up_and_a_real_gap_is_silence(tmp_path: Path) -> None:
    recorder = Recorder(folder=tmp_path, name="caller", rate=_RATE)
    for at in (5.0, 5.013, 5.5):
        recorder.write("ai", at=at, samples=_FRAME)

    recorder.close()

    heard = _read(tmp_path / "caller-ai.wav")
    assert len(heard) == 510
    assert heard[:20] == [1000] * 20
    assert not any(heard[20:500])


def test_the_mix_holds_everybody_and_does_not_overflow(tmp_path: Path) -> None:
    recorder = Recorder(folder=tmp_path, name="caller", rate=_RATE)
    recorder.write("ai", at=1.0, samples=np.full(10, 30000, dtype=np.int16))
    recorder.write("human", at=1.0, samples=np.full(10, 30000, dtype=np.int16))

    recorder.close()

    assert _read(tmp_path / "caller.wav") == [32767] * 10


def test_nothing_heard_writes_nothing(tmp_path: Path) -> None:
    assert Recorder(folder=tmp_path, name="caller", rate=_RATE).close() == []
    assert list(tmp_path.iterdir()) == []
