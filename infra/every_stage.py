"""`python -m infra.every_stage OUT`: the templates of all stages in one process, so that the CDK starts once.

What the rule packs or CloudFormation's own rules find ends it with 1, as `cdk synth` does.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aws_cdk import App

from infra.app import build
from infra.config import ROOT, Stage


def synthesize(stage: Stage, out: Path, **context: Any) -> list[Any]:
    """Write the stage's assembly and give the reports of whoever has looked at it."""
    settings = json.loads((ROOT / "cdk.json").read_text())["context"]
    app = App(context={**settings, **context, "stage": stage.value}, outdir=str(out))
    build(app)
    app.synth()
    reports: list[Any] = json.loads((out / "validation-report.json").read_text())["pluginReports"]
    return reports


def _found(reports: list[Any]) -> Iterator[str]:
    for report in reports:
        for violation in report["violations"]:
            yield f"{violation['ruleName']}: {violation['description']}"


def main(out: Path) -> int:
    found = [line for stage in Stage for line in _found(synthesize(stage, out / stage.value))]
    sys.stderr.write("".join(f"{line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
