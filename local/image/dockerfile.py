"""Reads a Dockerfile: its stages, and each one's instructions with their arguments put in."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from local.stack.errors import StackError

KNOWN: Final = frozenset(
    {"ARG", "FROM", "ENV", "RUN", "COPY", "VOLUME", "WORKDIR", "USER", "HEALTHCHECK", "CMD"}
)
_VARIABLE: Final = re.compile(r"\$(?:\{(\w+)\}|(\w+))")


class UnknownInstructionError(StackError):
    def __init__(self, line: str) -> None:
        super().__init__(f"the Dockerfile has an instruction that is not known here: {line}")


@dataclass(frozen=True, slots=True)
class Instruction:
    name: str
    rest: str

    def argv(self) -> list[str]:
        """Of the form that no shell reads."""
        found: list[str] = json.loads(self.rest[self.rest.index("[") :])
        return found


@dataclass(frozen=True, slots=True)
class Stage:
    base: str
    name: str
    instructions: list[Instruction] = field(default_factory=list)


def read(text: str) -> list[Stage]:
    arguments: dict[str, str] = {}
    stages: list[Stage] = []
    for instruction in map(_instruction, _lines(text)):
        if instruction.name == "FROM":
            base, _, name = instruction.rest.partition(" AS ")
            stages.append(Stage(put_in(base, arguments), name))
        elif stages:
            stages[-1].instructions.append(instruction)
        else:
            name, _, default = instruction.rest.partition("=")
            arguments[name] = default
    return stages


def put_in(text: str, values: Mapping[str, str]) -> str:
    return _VARIABLE.sub(lambda found: values.get(found.group(1) or found.group(2), ""), text)


def _lines(text: str) -> list[str]:
    kept = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return re.sub(r"\\\n\s*", "", "\n".join(kept)).splitlines()


def _instruction(line: str) -> Instruction:
    name, _, rest = line.strip().partition(" ")
    if name not in KNOWN:
        raise UnknownInstructionError(line)
    return Instruction(name, rest.strip())
