"""The CDK app: one stack for the stage that the context names."""

from __future__ import annotations

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks
from constructs import Node

from infra.config import ReadContext, load_config
from infra.stack import HandoffStack


def build(app: App) -> HandoffStack:
    stack = HandoffStack(app, config=load_config(read_context(app.node)))
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return stack


def read_context(node: Node) -> ReadContext:
    def read(name: str) -> str | None:
        value = node.try_get_context(name)
        return None if value is None else str(value)

    return read


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
