"""Synthesizes a stage into a directory, or leaves it alone when nothing that it is made of has changed.

python -m infra.assembly .local/cdk.out stage=laptop public_url=http://127.0.0.1:8000 …
npx cdk deploy --app .local/cdk.out …
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from infra.config import ROOT

_INPUTS = (
    "cdk.json",
    "Dockerfile",
    ".dockerignore",
    "requirements",
    "infra",
    "lambda_api",
    "agent_container",
)
_MARK = "inputs.sha256"


class ContextArgumentError(Exception):
    def __init__(self, argument: str) -> None:
        super().__init__(f"{argument!r} is not name=value")


def assemble(output: Path, context: dict[str, str]) -> bool:
    """Answers whether there was anything to do."""
    mark, digest = output / _MARK, _digest(context)
    if mark.is_file() and mark.read_text() == digest:
        return False
    shutil.rmtree(output, ignore_errors=True)
    settings = json.loads((ROOT / "cdk.json").read_text())["context"]
    environment = {
        **os.environ,
        "CDK_OUTDIR": str(output),
        "CDK_CONTEXT_JSON": json.dumps({**settings, **context}),
    }
    subprocess.run([sys.executable, "-m", "infra.app"], cwd=ROOT, env=environment, check=True)
    mark.write_text(digest)
    return True


def _digest(context: dict[str, str]) -> str:
    facts = (json.dumps(context, sort_keys=True), sys.version, sys.platform)
    digest = hashlib.sha256("\n".join(facts).encode())
    for path in _files():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for name in _INPUTS:
        path = ROOT / name
        if path.is_file():
            yield path
        yield from sorted(p for p in path.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def _pair(argument: str) -> tuple[str, str]:
    name, equals, value = argument.partition("=")
    if not (name and equals):
        raise ContextArgumentError(argument)
    return name, value


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m infra.assembly", description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("context", nargs="*", metavar="name=value")
    given = parser.parse_args()
    new = assemble(given.output.resolve(), dict(map(_pair, given.context)))
    sys.stdout.write("synthesized\n" if new else "unchanged\n")


if __name__ == "__main__":
    main()
