"""What the dispatch tells the worker about the call it is sent to."""

import json
import logging
from dataclasses import dataclass

from agent_container.presence import AGENT_PREFIX, is_human_agent

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    caller_identity: str = ""
    escalation_id: str = ""
    human_name: str = ""
    resume: bool = False
    replaces: str = ""

    @classmethod
    def parse(cls, metadata: str) -> "Dispatch":
        content = _as_object(metadata)
        identity = str(content.get("caller_identity") or "")
        return cls(
            caller_identity=identity if may_be_caller(identity) else "",
            escalation_id=str(content.get("escalation_id") or ""),
            human_name=str(content.get("human_name") or ""),
            resume=content.get("resume") is True,
            replaces=str(content.get("replaces") or ""),
        )


def may_be_caller(identity: str) -> bool:
    return bool(identity) and not is_human_agent(identity) and not identity.startswith(AGENT_PREFIX)


def _as_object(metadata: str) -> dict[str, object]:
    if not metadata:
        return {}
    try:
        content = json.loads(metadata)
    except ValueError:
        content = None
    if not isinstance(content, dict):
        logger.warning("the dispatch's metadata is not a JSON object")
        return {}
    return content
