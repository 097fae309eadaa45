"""A synthesized stage, asked for its parts by type and name instead of by CDK's hashes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra import every_stage
from infra.config import Stage as StageName

Json = Any
_HASH = re.compile(r"(?<=[A-Za-z0-9])[0-9A-F]{8}(?![0-9a-z])|(?<=[a-z])[0-9A-F]{16}\b")
_WITHOUT_BUNDLING: dict[str, Json] = {"aws:cdk:bundling-stacks": []}


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    template: dict[str, Json]
    findings: list[Json]

    def resources(self, type_: str) -> dict[str, Json]:
        return {
            plain_name(id_): resource
            for id_, resource in self.template["Resources"].items()
            if resource["Type"] == type_
        }

    def one(self, type_: str, name: str = "") -> Json:
        found = [r for n, r in self.resources(type_).items() if name in n]
        assert len(found) == 1, f"{len(found)} of {type_} called {name}"
        return found[0]["Properties"]

    def door(self, name: str) -> Json:
        return self.one("AWS::Lambda::Function", f"Api{name.capitalize()}DoorFunction")

    def worker(self) -> Json:
        (container,) = self.one("AWS::ECS::TaskDefinition")["ContainerDefinitions"]
        return container

    def settings(self) -> dict[str, Json]:
        """What the worker is told, which its task names as parameters."""
        parameters = self.resources("AWS::SSM::Parameter")
        named = {s["Name"]: _parameter(s["ValueFrom"]) for s in self.worker()["Secrets"]}
        return {name: parameters[id_]["Properties"]["Value"] for name, id_ in named.items() if id_}

    def keys(self) -> dict[str, Json]:
        """What the worker is told from a secret."""
        secrets = self.worker()["Secrets"]
        return {s["Name"]: s["ValueFrom"] for s in secrets if not _parameter(s["ValueFrom"])}

    def statements(self, role: str) -> Iterator[Json]:
        for name, policy in self.resources("AWS::IAM::Policy").items():
            if name.startswith(role):
                yield from policy["Properties"]["PolicyDocument"]["Statement"]

    def allowed(self, role: str) -> dict[str, set[str]]:
        """Each allowed action, with the plain names of what it is allowed on."""
        rights: dict[str, set[str]] = {}
        for statement in self.statements(role):
            assert statement["Effect"] == "Allow"
            for action in _listed(statement["Action"]):
                rights.setdefault(action, set()).update(_targets(statement))
        return rights


def synthesize(name: str, outdir: Path, **context: str) -> Stage:
    findings = every_stage.synthesize(StageName(name), outdir, **_WITHOUT_BUNDLING, **context)
    template = json.loads((outdir / f"Handoff-{name}.template.json").read_text())
    return Stage(name=name, template=template, findings=findings)


def plain_name(logical_id: str) -> str:
    return _HASH.sub("", logical_id)


def _parameter(reference: Json) -> str:
    """The plain name of the parameter that is named, or nothing when it is a secret."""
    parts = reference["Fn::Join"][1] if "Fn::Join" in reference else []
    return plain_name(parts[-1]["Ref"]) if ":parameter" in parts else ""


def _targets(statement: Json) -> Iterator[str]:
    if "NotResource" in statement:
        yield f"not {statement['NotResource']}"
    for resource in _listed(statement.get("Resource", [])):
        yield resource if isinstance(resource, str) else _reference(resource)


def _reference(resource: Json) -> str:
    text = json.dumps(resource)
    suffix = "".join(re.findall(r'"(/index/[a-z_]+)"', text))
    named = re.search(r'(?:"Ref": |"Fn::GetAtt": \[|"Fn::Sub": )"([A-Za-z0-9-]+)["$]', text)
    assert named, text
    return plain_name(named.group(1)) + suffix


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]
