"""Which avatar is made, and what an operator is told who asks for one that cannot be made."""

import sys
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest
from livekit import rtc

from agent_container import wave_picture
from agent_container.avatars import make_avatar, refuse_absent
from agent_container.config import Avatar, Settings
from agent_container.errors import ConfigurationError
from agent_container.wave import AvatarSession as WaveSession


def test_none_is_asked_for_unless_it_is_said() -> None:
    assert Settings().avatar is None


async def test_a_wave_needs_nothing() -> None:
    wanted = Avatar(provider="wave")
    refuse_absent(wanted)

    made = make_avatar(wanted, identity="avatar-agent-1")

    assert isinstance(made, WaveSession)
    assert (made.avatar_identity, made.provider) == ("avatar-agent-1", "wave")


def test_a_plugin_gets_its_options_the_key_and_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plugin = tmp_path / "livekit" / "plugins" / "somebody"
    plugin.mkdir(parents=True)
    (plugin / "__init__.py").write_text(
        dedent(
            """
            class AvatarSession:
                def __init__(self, **given):
                    self.given = given
            """
        )
    )
    from livekit import plugins

    monkeypatch.setattr(plugins, "__path__", [*plugins.__path__, str(plugin.parent)])
    monkeypatch.setenv("HANDOFF_AVATAR", '{"provider": "somebody", "options": {"face_id": "f1", "hd": true}}')
    monkeypatch.setenv("HANDOFF_AVATAR__KEY", "k1")
    wanted = Settings().avatar
    assert wanted

    made = make_avatar(wanted, identity="avatar-agent-1")

    assert vars(made)["given"] == {
        "avatar_participant_identity": "avatar-agent-1",
        "api_key": "k1",
        "face_id": "f1",
        "hd": True,
    }
    monkeypatch.delitem(sys.modules, "livekit.plugins.somebody")


@pytest.mark.parametrize(
    ("provider", "told"),
    [("bey", "livekit-plugins-bey"), ("deepgram", "deepgram has no avatar")],
    ids=["not installed", "none of that kind"],
)
def test_one_that_cannot_be_made_is_refused(provider: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        refuse_absent(Avatar(provider=provider))


def test_a_voice_is_drawn_as_high_as_it_is_loud() -> None:
    loud = rtc.AudioFrame((np.ones(1200, np.int16) * 30_000).tobytes(), 24_000, 1, 1200)

    heights = [_height(wave_picture.drawn(sound)) for sound in (None, loud)]

    assert heights[0] < 5
    assert heights[1] > wave_picture.HEIGHT * 0.8


def _height(picture: rtc.VideoFrame) -> int:
    """How many rows of the middle column are not as the corner is."""
    pixels = np.frombuffer(picture.data, np.uint8).reshape(wave_picture.HEIGHT, wave_picture.WIDTH, 4)
    return int((pixels[:, wave_picture.WIDTH // 2] != pixels[0, 0]).any(axis=1).sum())
