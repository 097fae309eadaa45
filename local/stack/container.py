"""Says how the deployed service starts the worker: its command, its settings and its secrets."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from local.stack import deployed
from local.stack.clients import Clients
from local.stack.deployed import Resolver
from local.stack.errors import MissingPartError

ARN_PARTS: Final = 7


@dataclass(frozen=True, slots=True)
class Container:
    argv: tuple[str, ...]
    env: Mapping[str, str]


def of_the_service(clients: Clients) -> Container:
    """Follow the service to its task definition and read the first essential container."""
    resources: dict[str, Any] = deployed.template(clients)["Resources"]
    definition = _definition(resources)
    resolver = Resolver(deployed.references(clients))
    plain = {pair["Name"]: resolver.text(pair["Value"]) for pair in definition.get("Environment", [])}
    hidden = {pair["Name"]: resolver.text(pair["ValueFrom"]) for pair in definition.get("Secrets", [])}
    argv = [*definition.get("EntryPoint", []), *definition.get("Command", [])]
    return Container(argv=tuple(argv), env={**plain, **_secret_values(clients, hidden)})


def _definition(resources: Mapping[str, Any]) -> dict[str, Any]:
    service = _only(resources, "AWS::ECS::Service")
    task = resources[service["TaskDefinition"]["Ref"]]["Properties"]
    containers: list[dict[str, Any]] = task["ContainerDefinitions"]
    return next(container for container in containers if container.get("Essential", True))


def _only(resources: Mapping[str, Any], kind: str) -> dict[str, Any]:
    for resource in resources.values():
        if resource["Type"] == kind:
            properties: dict[str, Any] = resource["Properties"]
            return properties
    raise MissingPartError(kind)


def _secret_values(clients: Clients, references: Mapping[str, str]) -> dict[str, str]:
    read: dict[str, str] = {}
    for name, reference in references.items():
        read[name] = _parameter(clients, reference) or _secret(clients, reference)
    return read


def _parameter(clients: Clients, reference: str) -> str:
    """What ECS reads from the parameter store: plain settings, none of them empty."""
    if ":parameter/" not in reference:
        return ""
    place = reference.partition(":parameter")[2]
    return str(clients.parameters.get_parameter(Name=place)["Parameter"]["Value"])


def _secret(clients: Clients, reference: str) -> str:
    arn, field = split_reference(reference)
    text = clients.secrets.get_secret_value(SecretId=arn)["SecretString"]
    return str(json.loads(text)[field]) if field else text


def split_reference(reference: str) -> tuple[str, str]:
    """An ARN or a name, then `:json field:stage:version` as ECS writes it; the last three may be empty."""
    parts = reference.split(":")
    length = ARN_PARTS if reference.startswith("arn:") else 1
    return ":".join(parts[:length]), (parts[length] if len(parts) > length else "")
