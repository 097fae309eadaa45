"""Which avatar speaks for the AI: one of LiveKit's plugins, imported only when asked for, or our own wave."""

import importlib
from types import ModuleType
from typing import Any, Final

from livekit.agents.voice.avatar import AvatarSession

from agent_container.config import Avatar
from agent_container.errors import ConfigurationError

WAVE: Final = "wave"


def module_of(wanted: Avatar) -> str:
    return "agent_container.wave" if wanted.provider == WAVE else f"livekit.plugins.{wanted.provider}"


def refuse_absent(wanted: Avatar | None) -> None:
    """Raise when it could not be made in a call."""
    if wanted:
        _session_of(wanted)


def make_avatar(wanted: Avatar, *, identity: str) -> AvatarSession[Any]:
    """Raises whatever a plugin raises about its options."""
    key = wanted.key.get_secret_value()
    session: AvatarSession[Any] = _session_of(wanted)(
        avatar_participant_identity=identity, **({"api_key": key} if key else {}), **wanted.options
    )
    return session


def _session_of(wanted: Avatar) -> Any:
    module = _imported(wanted)
    if not hasattr(module, "AvatarSession"):
        raise ConfigurationError((f"HANDOFF_AVATAR: {wanted.provider} has no avatar",))
    return module.AvatarSession


def _imported(wanted: Avatar) -> ModuleType:
    try:
        return importlib.import_module(module_of(wanted))
    except ModuleNotFoundError as error:
        package = f"livekit-plugins-{wanted.provider.replace('_', '-')}"
        problem = f"HANDOFF_AVATAR asks for {wanted.provider}, and {error.name} is not installed ({package})"
        raise ConfigurationError((problem,)) from error
