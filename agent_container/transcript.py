"""What was said in a session, in the form in which it is sent on."""

from typing import Any

from livekit.agents import AgentSession

from agent_container.escalation import Line

_LINES = 100
_LENGTH = 1000


def transcript_of(session: AgentSession[Any], *, lines: int = _LINES) -> tuple[Line, ...]:
    said = [
        Line(role="caller" if message.role == "user" else "agent", text=text[:_LENGTH])
        for message in session.history.messages()
        if message.role in ("user", "assistant") and (text := message.text_content)
    ]
    return tuple(said[-lines:])
