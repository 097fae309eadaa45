"""The conversation with nobody is one: what it spares the jobs has happened."""

import asyncio

from agent_container.config import Settings
from agent_container.first_words import first_words


def test_nobody_is_answered_each_time() -> None:
    told = asyncio.run(first_words(Settings()))

    said = [line for line in told if "Hello, you. What can I do?" in line]
    assert len(said) == 2
    assert "spoken" in told
    assert not [line for line in told if line.startswith("fails")]
