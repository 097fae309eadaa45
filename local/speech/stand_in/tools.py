"""The tools a request brings along, and which of them calls a person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# A tool that takes the wish back names the same nouns.
_BRINGS_PERSON = re.compile(r"^(?!cancel|leave|withdraw).*(?:transfer|human|escalat|handoff|hand_off)")


@dataclass(frozen=True, slots=True)
class Tool:
    name: str
    parameters: Mapping[str, Any]


def person_tool(tools: Sequence[Tool], must_call: str | None) -> Tool | None:
    if must_call:
        return next((tool for tool in tools if must_call in (tool.name, "required")), None)
    return next((tool for tool in tools if _BRINGS_PERSON.search(tool.name.lower())), None)


def called(tools: Sequence[Tool], name: str) -> Tool | None:
    return next((tool for tool in tools if tool.name == name), None)
