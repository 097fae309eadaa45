"""Runs the CDK's own command line against the embedded AWS: synth, bootstrap, deploy, destroy."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from local.setup import tools
from local.stack import commands
from local.stack.children import Command
from local.stack.environment import embedded_aws, machine
from local.stack.places import CDK_OUT, LOCAL, ROOT, cache

STACK: Final = "Handoff-laptop"
ACCOUNT: Final = "000000000000"
REGION: Final = "us-east-1"
QUIET: Final = ("--no-notices", "--no-color", "--ci")


class Cdk:
    """Its steps, for one tree of sources; synth needs no AWS at all and may run while it starts."""

    def __init__(self, executable: Path, *, endpoint: str, tree: Path = ROOT, out: Path = CDK_OUT) -> None:
        self._executable = executable
        self._tree = tree
        self._out = out
        self._env = machine(
            **embedded_aws(endpoint),
            CDK_DISABLE_CLI_TELEMETRY="1",
            CDK_DEFAULT_ACCOUNT=ACCOUNT,
            CDK_DEFAULT_REGION=REGION,
            JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION="1",
            JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION="1",
            UV=str(tools.uv()),
            UV_CACHE_DIR=str(cache() / "uv"),
        )

    async def synth(self, context: Mapping[str, str]) -> None:
        pairs = [part for name, value in context.items() for part in ("-c", f"{name}={value}")]
        await self._run("cdk-synth", "synth", STACK, "--quiet", "--output", str(self._out), *pairs)

    async def bootstrap(self) -> None:
        # Away from cdk.json: with an app in sight the CDK would synthesize it once more.
        await self._run("cdk-bootstrap", "bootstrap", f"aws://{ACCOUNT}/{REGION}", cwd=LOCAL)

    async def deploy(self) -> None:
        options = (
            "--app",
            str(self._out),
            "--require-approval",
            "never",
            "--method",
            "direct",
            "--progress",
            "events",
        )
        await self._run("cdk-deploy", "deploy", STACK, *options)

    async def publish(self) -> None:
        """Pack and upload what a deployment needs, which is most of its time."""
        options = ("--app", str(self._out), "--unstable", "publish-assets")
        await self._run("cdk-publish", "publish-assets", STACK, *options)

    async def destroy(self) -> None:
        await self._run("cdk-destroy", "destroy", STACK, "--app", str(self._out), "--force")

    async def _run(self, name: str, *arguments: str, cwd: Path | None = None) -> None:
        argv = (str(self._executable), *arguments, *QUIET)
        await commands.run(Command(name=name, argv=argv, env=self._env, cwd=cwd or self._tree))
