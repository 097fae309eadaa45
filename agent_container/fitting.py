"""The session as an avatar's plugin sees it: the output that it would put in place at once waits here."""

from typing import Any

from livekit.agents import AgentSession, io


class Fitting:
    """Everything else is the session's own."""

    def __init__(self, session: AgentSession[Any]) -> None:
        self._session = session
        self.output = Aside(session)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)


class Aside:
    """An output that leads to somebody who is not in the room yet would leave the caller in silence."""

    def __init__(self, session: AgentSession[Any]) -> None:
        self._session = session
        self.audio: io.AudioOutput | None = None

    def replace_audio_tail(self, sink: io.AudioOutput) -> None:
        self.audio = sink

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session.output, name)
