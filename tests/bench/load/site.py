"""Where the load goes: the stand-in, two servers of each app, two functions of each for webhooks."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from local.stack.ports import any_free
from tests.bench.load.functions import Function, function
from tests.bench.load.stand_in.__main__ import LISTENS
from tests.integration.deployed import SCOPES
from tests.integration.processes import running
from tests.unit.lambda_api.http.surroundings import ADMIN_KEY, LIVEKIT, ORIGIN_KEY

APPS: Final = ("ours", "plain")
LINK_KEY: Final = "l" * 43
_PROCESSES: Final = 2
# As `make api` runs it, and as anybody runs an app of theirs.
_SERVED: Final = {
    "ours": ("lambda_api.__main__:laptop_app", "--factory"),
    "plain": ("tests.bench.load.plain.app:app",),
}
_INVOKED: Final = {"ours": "lambda_api.doors.webhooks", "plain": "tests.bench.load.plain.app"}


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    name: str
    urls: tuple[str, ...]
    functions: tuple[Function, ...]

    def servers_cpu(self) -> float:
        """Seconds of processor so far: what another's work on this machine makes no longer."""
        ports = {url.rpartition(":")[2] for url in self.urls}
        children = psutil.Process().children()
        return sum(_cpu_of(one) for one in children if ports.intersection(one.cmdline()))

    def functions_cpu(self) -> float:
        return sum(_cpu_of(psutil.Process(one.pid)) for one in self.functions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    apps: dict[str, App]
    stand_in: str


@asynccontextmanager
async def site(folder: Path, *, processes: int = _PROCESSES) -> AsyncIterator[Site]:
    async with AsyncExitStack() as parts:
        address = parts.enter_context(_stand_in(folder))
        apps = {
            name: App(
                name=name,
                urls=tuple(
                    parts.enter_context(_server(name, address, folder, one)) for one in range(processes)
                ),
                functions=tuple(
                    [
                        await parts.enter_async_context(
                            function(
                                _INVOKED[name],
                                _environment(name, address),
                                folder / f"{name}-function-{one}.log",
                            )
                        )
                        for one in range(processes)
                    ]
                ),
            )
            for name in APPS
        }
        yield Site(apps=apps, stand_in=address)


def _cpu_of(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


@contextmanager
def _stand_in(folder: Path) -> Iterator[str]:
    port = any_free()
    secrets, log = folder / "secrets.json", folder / "stand-in.log"
    secrets.write_text(json.dumps(_secrets(f"http://127.0.0.1:{port}")))
    command = [sys.executable, "-m", "tests.bench.load.stand_in", str(port), str(secrets)]
    with running(command, log, lambda told: LISTENS in told):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _server(name: str, address: str, folder: Path, number: int) -> Iterator[str]:
    port = any_free()
    told = ["--port", str(port), "--no-access-log", "--no-proxy-headers"]
    command = [sys.executable, "-m", "uvicorn", *_SERVED[name], *told]
    log = folder / f"{name}-{number}.log"
    with running(command, log, lambda said: b"running on" in said, env=_environment(name, address)):
        yield f"http://127.0.0.1:{port}"


def _secrets(livekit_url: str) -> dict[str, str]:
    livekit = json.dumps(LIVEKIT | {"url": livekit_url})
    return {"livekit": livekit, "link": LINK_KEY, "origin": ORIGIN_KEY, "admin": ADMIN_KEY}


def _environment(name: str, address: str) -> dict[str, str]:
    return {
        **os.environ,
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "none",
        "AWS_DEFAULT_REGION": "us-east-1",
        "HANDOFF_STAGE": "dev",
        "HANDOFF_TABLE": name,
        "HANDOFF_TOPIC_ARN": "arn:aws:sns:us-east-1:000000000000:people",
        "HANDOFF_TIMERS_QUEUE_URL": f"{address}/queue/timers",
        "HANDOFF_PUBLIC_URL": "https://handoff.example",
        "HANDOFF_AGENT_NAME": "handoff-agent",
        "HANDOFF_LIVEKIT_SECRET_ARN": "livekit",
        "HANDOFF_LINK_SECRET_ARN": "link",
        "HANDOFF_ORIGIN_SECRET_ARN": "origin",
        "HANDOFF_ADMIN_SECRET_ARN": "admin",
        "HANDOFF_SERVICE_KEYS": json.dumps({"admin": {"secret_arn": "admin", "scopes": SCOPES}}),
        "HANDOFF_SMS_AN_HOUR": "999999",
    }
