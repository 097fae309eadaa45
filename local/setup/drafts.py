"""Puts a folder into the cache whole or not at all: made beside its place, then renamed."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from local.stack.places import private_folder


@contextlib.contextmanager
def drafted(home: Path) -> Iterator[Path]:
    draft = home.with_name(f".{home.name}.building")
    shutil.rmtree(draft, ignore_errors=True)
    yield private_folder(draft)
    if home.exists():
        # An older try that is not usable, or somebody who was quicker with the very same content.
        shutil.rmtree(home)
    draft.rename(home)
