"""Bundles the API for Lambda on this machine: locked wheels of the target, our package, pages, bytecode."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import jsii
from aws_cdk import AssetHashType, BundlingOptions, DockerImage, ILocalBundling
from aws_cdk import aws_lambda as lambda_

from infra.bytecode import compile_tree, find_interpreter
from infra.config import ROOT, Target
from infra.dependencies import installed_dependencies
from infra.pages import take_pages

_PACKAGE = "lambda_api"
_LEFTOVERS = shutil.ignore_patterns("__pycache__", "*.pyc", ".DS_Store")


def build(output: Path, *, target: Target) -> None:
    shutil.copytree(installed_dependencies(target), output, dirs_exist_ok=True)
    ours = output / _PACKAGE
    shutil.copytree(ROOT / _PACKAGE, ours, ignore=_LEFTOVERS)
    take_pages(output)
    interpreter = find_interpreter(target.python)
    if interpreter is None:
        _warn(target)
        return
    compile_tree(output, interpreter=interpreter, only=ours)


def api_code(target: Target) -> lambda_.Code:
    return lambda_.Code.from_asset(
        str(ROOT / _PACKAGE),
        exclude=["**/__pycache__", "**/*.pyc"],
        # The output is byte-identical for the same inputs, and it alone knows of changed dependencies.
        asset_hash_type=AssetHashType.OUTPUT,
        bundling=BundlingOptions(
            image=DockerImage.from_registry("never-pulled"), local=LocalBundling(target)
        ),
    )


@jsii.implements(ILocalBundling)
class LocalBundling:
    def __init__(self, target: Target) -> None:
        self._target = target

    def try_bundle(self, output_dir: str, _options: object = None, **_rest: object) -> bool:
        # Never False: the CDK would then start a container, and hide why this did not work.
        build(Path(output_dir), target=self._target)
        return True


def _warn(target: Target) -> None:
    sys.stderr.write(
        f"The bundle holds no bytecode, so cold starts take twice as long: there is no "
        f"python{target.python} on PATH (uv python install {target.python})\n"
    )
