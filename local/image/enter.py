"""Inside fresh namespaces: mounts a clean root's system, enters it, and becomes the step."""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    root: str
    prefix: str
    argv: list[str]
    env: dict[str, str]
    folder: str = "/"
    user: str = "0"
    group: str = "0"
    # As Fargate runs it: nothing can be written but below /tmp.
    read_only: bool = False
    # Without any network but its own loopback.
    alone: bool = False

    def written(self) -> str:
        return json.dumps(asdict(self))


def enter(entry: Entry) -> None:
    root = Path(entry.root)
    _mount("--make-rprivate", "/")
    _mount("--bind", entry.root, entry.root)
    for system in ("/usr", entry.prefix):
        _mount_read_only(system, f"{root}{system}")
    _mount("--rbind", "/dev", f"{root}/dev")
    _mount("-t", "proc", "proc", f"{root}/proc")
    if entry.read_only:
        _mount("-o", "remount,bind,ro", entry.root)
        _mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", f"{root}/tmp")  # noqa: S108 - the image's own
    if entry.alone:
        _run("ip", "link", "set", "lo", "up")
    os.chroot(entry.root)
    os.chdir(entry.folder)
    nobody_else = ["--reuid", entry.user, "--regid", entry.group, "--clear-groups"]
    confined = [] if entry.user == "0" else ["--no-new-privs", "--bounding-set=-all"]
    os.execvpe("setpriv", ["setpriv", *nobody_else, *confined, *entry.argv], entry.env)  # noqa: S606


def _mount_read_only(source: str, target: str) -> None:
    _mount("--bind", source, target)
    _mount("-o", "remount,bind,ro", target)


def _mount(*arguments: str) -> None:
    _run("mount", *arguments)


def _run(*argv: str) -> None:
    subprocess.run(argv, check=True)


if __name__ == "__main__":
    enter(Entry(**json.loads(sys.argv[1])))
