"""The CDK app: one stack for the stage that the context names.

To the cloud, where it looks up the secrets that are there before it:

    make secrets STAGE=dev
    npx cdk deploy -c stage=dev

Other context: docs/operations.md; `openai_base_url` and `deepgram_base_url` for providers that speak the same
protocols.

Into an embedded AWS at $AWS_ENDPOINT_URL (and $AWS_ENDPOINT_URL_S3; any keys, region us-east-1):

    npx cdk synth -q -o .local/cdk.out -c stage=laptop -c python=3.11 -c public_url=http://127.0.0.1:8000 …
    npx cdk bootstrap aws://000000000000/us-east-1 --app .local/cdk.out
    npx cdk deploy --app .local/cdk.out --require-approval never --method direct --outputs-file outputs.json

Bundling needs uv: at $UV, on PATH, or as a module of this Python.
"""

from __future__ import annotations

from aws_cdk import App, Validations
from cdk_nag import AwsSolutionsChecks, ServerlessChecks
from constructs import Node

from infra.context import load_config
from infra.context_error import ReadContext
from infra.stack import HandoffStack


def build(app: App) -> HandoffStack:
    stack = HandoffStack(app, config=load_config(read_context(app.node)))
    Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))
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
