"""Where each tool is: on this machine, or in the cache under its version or the digest of its lock."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from local.stack.places import ROOT, cache

LIVEKIT_VERSION: Final = "1.13.5"
LIVEKIT_MODULE: Final = f"github.com/livekit/livekit-server/cmd/server@v{LIVEKIT_VERSION}"
EMULATOR_VERSION: Final = "v0.0.0-20261030222936-bef5c4ba774d"  # it has no releases of its module
EMULATOR_MODULE: Final = (
    f"github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie@{EMULATOR_VERSION}"
)
EMULATOR_LOCK: Final = ROOT / "requirements" / "emulator.txt"
AWS_LOCK: Final = ROOT / "requirements" / "aws.txt"
NODE_LOCK: Final = ROOT / "package-lock.json"
WEB_LOCK: Final = ROOT / "web" / "package-lock.json"
UV_LOCK: Final = ROOT / "local" / "setup" / "uv.txt"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
OLDEST_NODE: Final = 20


def digest(*files: Path) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def uv() -> Path:
    """As `venv.sh` has put it there, with the same key."""
    return cache() / f"uv-{digest(UV_LOCK)}" / "bin" / "uv"


def aws_home() -> Path:
    """A venv of its own: the embedded AWS pins its botocore. It runs the functions, so its Python is ours."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return cache() / f"aws-{version}-{digest(AWS_LOCK)}"


def aws_python() -> Path:
    return aws_home() / "bin" / "python"


def emulator_home() -> Path:
    """Lambda's runtime interface emulator, and in `client` what a function's process talks to it with."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return cache() / f"lambda-emulator-{version}-{EMULATOR_VERSION[-12:]}-{digest(EMULATOR_LOCK)}"


def node_home() -> Path:
    return cache() / f"node-{digest(NODE_LOCK)}"


def web_home() -> Path:
    """What builds and tests the pages."""
    return cache() / f"web-{digest(WEB_LOCK)}"


def cdk() -> Path:
    return node_home() / "node_modules" / ".bin" / "cdk"


def built_livekit_server() -> Path:
    return cache() / f"livekit-server-{LIVEKIT_VERSION}" / "server"


def livekit_server() -> Path | None:
    """The one on the path if it is of the right version, else the one that we built."""
    on_path = shutil.which("livekit-server")
    if on_path and LIVEKIT_VERSION in said_by(on_path, "--version"):
        return Path(on_path)
    built = built_livekit_server()
    return built if built.exists() else None


def browser() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def node_is_new_enough() -> bool:
    major = said_by("node", "--version").removeprefix("v").partition(".")[0]
    return major.isdigit() and int(major) >= OLDEST_NODE


def said_by(*command: str) -> str:
    """What a command prints; nothing when there is no such command or it fails."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
