"""Reads the deployed stack back: its outputs, and its template with every reference resolved."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from local.stack.cdk import ACCOUNT, REGION, STACK
from local.stack.clients import Clients
from local.stack.errors import MissingPartError, UnresolvedError

PSEUDO: Final = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": STACK,
}
VARIABLE: Final = re.compile(r"\$\{([^!}][^}]*)\}")


def outputs(clients: Clients) -> dict[str, str]:
    stack = clients.cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def template(clients: Clients) -> dict[str, Any]:
    body: Any = clients.cloudformation.get_template(StackName=STACK)["TemplateBody"]
    parsed: dict[str, Any] = json.loads(body) if isinstance(body, str) else dict(body)
    return parsed


def references(clients: Clients) -> dict[str, str]:
    """What Ref gives: a parameter's value (ministack tells the one that was looked up), a resource's id."""
    stack = clients.cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    given = {one["ParameterKey"]: one["ParameterValue"] for one in stack.get("Parameters", [])}
    return given | physical_ids(clients)


def physical_ids(clients: Clients) -> dict[str, str]:
    pages = clients.cloudformation.get_paginator("list_stack_resources").paginate(StackName=STACK)
    return {
        resource["LogicalResourceId"]: resource.get("PhysicalResourceId", "")
        for page in pages
        for resource in page["StackResourceSummaries"]
    }


def function_name(clients: Clients, *, door: str) -> str:
    """The name of the function whose handler is that door."""
    wanted = f"lambda_api.doors.{door}.handler"
    for logical_id, resource in template(clients)["Resources"].items():
        if resource.get("Properties", {}).get("Handler") == wanted:
            return physical_ids(clients)[logical_id]
    raise MissingPartError(f"function with the handler {wanted}")


class Resolver:
    """Ref, Fn::GetAtt, Fn::Join and Fn::Sub, as far as a container definition uses them."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._ids = {**PSEUDO, **ids}
        self._functions: dict[str, Callable[[Any], str]] = {
            "Ref": self._ref,
            "Fn::GetAtt": self._attribute,
            "Fn::Join": self._join,
            "Fn::Sub": self._substitute,
        }

    def text(self, value: Any) -> str:
        if isinstance(value, dict) and len(value) == 1:
            name, argument = next(iter(value.items()))
            if name in self._functions:
                return self._functions[name](argument)
        if isinstance(value, str | int | float):
            return str(value)
        raise UnresolvedError(value)

    def _ref(self, name: str) -> str:
        if name not in self._ids:
            raise UnresolvedError({"Ref": name})
        return self._ids[name]

    def _attribute(self, argument: Any) -> str:
        """Only an ARN is asked of other resources here, and only of those whose id is their ARN."""
        name, attribute = argument if isinstance(argument, list) else argument.split(".", 1)
        found = self._ref(name)
        if attribute in {"Arn", "Id"} and found.startswith("arn:"):
            return found
        raise UnresolvedError({"Fn::GetAtt": [name, attribute]})

    def _join(self, argument: Any) -> str:
        separator, parts = argument
        return str(separator).join(self.text(part) for part in parts)

    def _substitute(self, argument: Any) -> str:
        pattern, own = (argument, {}) if isinstance(argument, str) else argument
        named = {name: self.text(value) for name, value in own.items()}

        def replaced(match: re.Match[str]) -> str:
            name = match.group(1)
            return named[name] if name in named else self._variable(name)

        return VARIABLE.sub(replaced, pattern).replace("${!", "${")

    def _variable(self, name: str) -> str:
        return self._attribute(name) if "." in name else self._ref(name)
