"""The worker's settings as parameters, which the task names instead of holding them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from aws_cdk import Stack
from aws_cdk import aws_ecs as ecs
from aws_cdk import aws_ssm as ssm
from constructs import Construct


class Settings(Construct):
    def __init__(self, scope: Construct, id_: str, *, stage: str, values: Mapping[str, str]) -> None:
        super().__init__(scope, id_)
        # A task reads them when it starts: other values have another name, or a deployment would start none.
        place = f"/handoff/{stage}/worker/{_digest(self, values)}"
        self.named = {
            name: ecs.Secret.from_ssm_parameter(
                ssm.StringParameter(self, _pascal(name), parameter_name=f"{place}/{name}", string_value=value)
            )
            for name, value in values.items()
        }


def _pascal(name: str) -> str:
    return name.title().replace("_", "")


def _digest(scope: Construct, values: Mapping[str, str]) -> str:
    told = json.dumps(Stack.of(scope).resolve(dict(values)), sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]
