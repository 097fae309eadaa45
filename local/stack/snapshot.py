"""Keeps the embedded AWS as `cdk deploy` left it, so that the next start of the same stack needs none."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from local.stack.embedded_aws import STATE
from local.stack.files import write_private
from local.stack.places import LOCAL, ROOT, private_folder

KEPT: Final = LOCAL / "aws" / "deployed"
# What a deploy depends on. The worker is not in it: its stand-in runs it from this tree.
INPUTS: Final = (
    "infra",
    "lambda_api",
    "web/dist",
    "requirements/api.txt",
    "requirements/infra.txt",
    "requirements/aws.txt",
    "cdk.json",
    "package-lock.json",
)
NOISE: Final = frozenset({"__pycache__", "node_modules", "cdk.out"})


def key_of(facts: Mapping[str, str], *, root: Path = ROOT) -> str:
    """A digest over everything that decides what is deployed and where."""
    digest = hashlib.sha256(repr(sorted(facts.items())).encode())
    for file in _files(root / name for name in INPUTS):
        digest.update(str(file.relative_to(root)).encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(
                file
                for file in path.rglob("*")
                if file.is_file() and not NOISE & set(file.relative_to(path).parts)
            )
        elif path.is_file():
            yield path


class Snapshot:
    def __init__(self, kept: Path = KEPT, *, state: Path = STATE) -> None:
        self._kept = kept
        self._state = state

    def matches(self, key: str) -> bool:
        """Whether the snapshot is of exactly this stack; a half-written one has no key."""
        try:
            return (self._kept / "key").read_text() == key
        except OSError:
            return False

    def exists(self) -> bool:
        return (self._kept / "key").exists()

    def forget(self) -> None:
        """The next start begins with an empty AWS."""
        shutil.rmtree(self._kept, ignore_errors=True)

    def restore(self) -> None:
        """Links, not copies: the embedded AWS replaces its files and never writes into them."""
        self.wipe_state()
        shutil.copytree(self._kept / "state", self._state, copy_function=os.link)

    def save(self, key: str) -> None:
        self.forget()
        private_folder(self._kept)
        shutil.copytree(self._state, self._kept / "state", copy_function=os.link)
        write_private(self._kept / "key", key)

    def wipe_state(self) -> None:
        shutil.rmtree(self._state, ignore_errors=True)
        private_folder(self._state.parent)
