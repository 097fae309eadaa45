"""A clean root: this machine's system read-only as the base, and nothing of anybody's home or checkout."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from local.image.enter import Entry
from local.stack.errors import StackError
from local.stack.places import ROOT

# Where Python itself stands; in an image that is /usr/local.
PREFIX: Final = Path(sys.base_prefix).resolve()
_ETC: Final = (
    "passwd",
    "group",
    "shadow",
    "gshadow",
    "login.defs",
    "nsswitch.conf",
    "hosts",
    "resolv.conf",
    "ld.so.cache",
    "ssl",
    "pip.conf",
)
_LINKS: Final = {"bin": "usr/bin", "sbin": "usr/sbin", "lib": "usr/lib", "lib64": "usr/lib64"}
_FOLDERS: Final = ("usr", "etc", "proc", "dev", "tmp", "opt", "var/lib", "run")
BASE_ENV: Final = {
    "PATH": f"{PREFIX}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
}


class StepFailedError(StackError):
    def __init__(self, what: str, output: str) -> None:
        super().__init__(f"{what} failed:\n{output}")


class CleanRoot:
    def __init__(self, path: Path) -> None:
        self.path = path
        for folder in (*_FOLDERS, str(PREFIX).lstrip("/")):
            (path / folder).mkdir(parents=True, exist_ok=True)
        for name, target in _LINKS.items():
            (path / name).symlink_to(target)
        for name in _ETC:
            _take(Path("/etc") / name, path / "etc" / name)
        (path / "tmp").chmod(0o1777)

    def argv(self, argv: Sequence[str], env: Mapping[str, str], **how: object) -> list[str]:
        """The command that runs it there: in namespaces of its own, which end with it."""
        entry = Entry(root=str(self.path), prefix=str(PREFIX), argv=list(argv), env=dict(env), **how)  # type: ignore[arg-type]
        namespaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
        alone = ["--net"] if entry.alone else []
        return [*namespaces, *alone, sys.executable, "-m", "local.image.enter", entry.written()]

    def run(self, argv: Sequence[str], env: Mapping[str, str], **how: object) -> None:
        done = subprocess.run(
            self.argv(argv, env, **how), cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise StepFailedError(" ".join(argv), (done.stdout + done.stderr)[-3000:])

    def group_of(self, user: str) -> str:
        """The user's own group, as Docker takes it from the image."""
        for line in (self.path / "etc/passwd").read_text().splitlines():
            fields = line.split(":")
            if user in (fields[0], fields[2]):
                return fields[3]
        raise StepFailedError("USER", f"the image has no user {user}")

    def inside(self, path: str) -> Path:
        return self.path / path.lstrip("/")


def _take(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, symlinks=False, ignore_dangling_symlinks=True)
    elif source.exists():
        shutil.copyfile(source, target)


def machine_env() -> dict[str, str]:
    """How packages are reached from here; an image's build is told so by Docker's own settings."""
    names = ("SSL_CERT_FILE", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY")
    kept = {name: value for name, value in os.environ.items() if name in names}
    return kept | {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
