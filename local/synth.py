"""Writes the templates of every stage to cdk.out, without Docker, credentials or a network."""

import subprocess
from typing import Final

from local.setup import tools
from local.stack.environment import machine
from local.stack.places import ROOT, cache
from local.stack.progress import say

STAGES: Final = ("laptop", "dev", "prod")


def synthesize() -> int:
    for stage in STAGES:
        folder = ROOT / "cdk.out" / stage
        argv = [str(tools.cdk()), "synth", "--quiet", "--no-notices", "-c", f"stage={stage}"]
        env = machine(UV=str(tools.uv()), UV_CACHE_DIR=str(cache() / "uv"), CDK_DISABLE_CLI_TELEMETRY="1")
        done = subprocess.run([*argv, "--output", str(folder)], cwd=ROOT, env=env, check=False)
        if done.returncode != 0:
            return done.returncode
        say(f"  {folder.relative_to(ROOT)}")
    return 0
