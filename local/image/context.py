"""What Docker would be given of this folder: everything but what `.dockerignore` keeps out."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path


class Context:
    def __init__(self, root: Path) -> None:
        self._root = root
        lines = (root / ".dockerignore").read_text().splitlines()
        self._patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]

    def files(self, under: str) -> Iterator[Path]:
        """The files of a path that may be copied, relative to the folder."""
        start = self._root / under
        found = [start] if start.is_file() else sorted(start.rglob("*"))
        for path in found:
            inside = path.relative_to(self._root)
            if path.is_file() and not self._ignored(inside.as_posix()):
                yield inside

    def _ignored(self, path: str) -> bool:
        """The last pattern that speaks of it decides."""
        ignored = False
        for pattern in self._patterns:
            if _speaks_of(pattern.removeprefix("!"), path):
                ignored = not pattern.startswith("!")
        return ignored


def _speaks_of(pattern: str, path: str) -> bool:
    """A pattern that means a folder means all that is in it."""
    parts = path.split("/")
    heads = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    if pattern.startswith("**/"):
        return any(fnmatchcase(part, pattern.removeprefix("**/")) for part in parts)
    return any(head.count("/") == pattern.count("/") and fnmatchcase(head, pattern) for head in heads)
