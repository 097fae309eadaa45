"""What Vite has built of our pages: hashed files, and which of them each page begins with."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import Struct, field

DIST: Final = Path(__file__).parents[2] / "web" / "dist"
PREFIX: Final = "/assets/"
_PACKED: Final = ".gz"


class Entry(Struct, frozen=True, kw_only=True):
    """What the head of one page names; the rest is loaded when it is needed."""

    script: str
    styles: tuple[str, ...] = ()
    preloads: tuple[str, ...] = ()


class Asset(Struct, frozen=True, kw_only=True):
    content: bytes
    packed: bool  # with gzip


class WebBuild(Struct, frozen=True, kw_only=True):
    """Empty where nothing was built: the plain pages do without."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)

    def asset(self, name: str, *, packed: bool) -> Asset | None:
        """Only names that were there at the start, so that none of them leads anywhere else."""
        smaller = self.files.get(name + _PACKED) if packed else None
        path = smaller or self.files.get(name)
        if path is None or name.endswith(_PACKED):
            return None
        return Asset(content=path.read_bytes(), packed=smaller is not None)


@cache
def read_build(dist: Path = DIST) -> WebBuild:
    try:
        manifest = json.loads((dist / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return WebBuild()
    files = {path.name: path for path in (dist / "assets").iterdir() if path.is_file()}
    entries = {chunk["name"]: _entry(manifest, key) for key, chunk in manifest.items() if _begins(chunk)}
    return WebBuild(entries=entries, files=files)


def _begins(chunk: Mapping[str, Any]) -> bool:
    return bool(chunk.get("isEntry")) and "name" in chunk


def _entry(manifest: Mapping[str, Any], key: str) -> Entry:
    first, *others = (manifest[one] for one in _with_imports(manifest, key, set()))
    styles = (style for chunk in (first, *others) for style in chunk.get("css", ()))
    return Entry(
        script=f"/{first['file']}",
        styles=tuple(dict.fromkeys(f"/{style}" for style in styles)),
        preloads=tuple(f"/{chunk['file']}" for chunk in others),
    )


def _with_imports(manifest: Mapping[str, Any], key: str, seen: set[str]) -> Iterator[str]:
    """The chunk and all that it cannot run without; chunks may name one another."""
    if key in seen:
        return
    seen.add(key)
    yield key
    for one in manifest[key].get("imports", ()):
        yield from _with_imports(manifest, one, seen)
