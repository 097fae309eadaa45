"""Tells what the laptop has, what is missing, and the command that brings it."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from local.setup import tools
from local.stack import settings, stack_file
from local.stack.errors import StackError
from local.stack.places import ROOT
from local.stack.progress import say


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    found: str
    bring: str = "make setup"
    needed: bool = True


def examine() -> int:
    """Return 1 when something is missing that a handoff needs."""
    findings = [*_from_the_machine(), *_from_the_cache(), *_settings()]
    for finding in findings:
        mark = "ok" if finding.found else "missing" if finding.needed else "-"
        say(f"  {mark:<8} {finding.what:<22} {finding.found or finding.bring}")
    return int(any(finding.needed and not finding.found for finding in findings))


def _from_the_machine() -> list[Finding]:
    node = tools.said_by("node", "--version").strip() if tools.node_is_new_enough() else ""
    go = tools.said_by("go", "version").removeprefix("go version ").strip()
    return [
        Finding("Python", sys.version.split()[0]),
        Finding(f"Node {tools.OLDEST_NODE} or newer", node, "apt-get install nodejs npm"),
        Finding("Go", go, "apt-get install golang-go", needed=tools.livekit_server() is None),
        Finding("espeak-ng", shutil.which("espeak-ng") or "", "apt-get install espeak-ng"),
        Finding("Chromium", tools.browser() or "", "apt-get install chromium"),
    ]


def _from_the_cache() -> list[Finding]:
    return [
        Finding("uv", _path(tools.uv())),
        Finding("embedded AWS", _path(tools.aws_python())),
        Finding("CDK command line", _path(tools.cdk())),
        Finding("packages of the pages", _path(tools.web_home())),
        Finding(f"livekit-server {tools.LIVEKIT_VERSION}", _path(tools.livekit_server())),
    ]


def _settings() -> list[Finding]:
    try:
        chosen = settings.read(ROOT / ".env.local")
    except StackError as error:
        return [Finding(".env.local", "", str(error))]
    livekit = chosen.project.url if chosen.project else "a livekit-server of this laptop"
    speech = "OpenAI and Deepgram" if chosen.keys else "offline, on this laptop"
    return [
        Finding("LiveKit", livekit),
        Finding("speech and language", speech),
        Finding("public address", chosen.public_url or "", "HANDOFF_PUBLIC_URL in .env.local", needed=False),
        Finding("stack", _stack(), "make up", needed=False),
    ]


def _stack() -> str:
    stack = stack_file.read()
    return f"up, API at {stack.api_url}" if stack else ""


def _path(path: Path | None) -> str:
    return str(path) if path and path.exists() else ""
