"""A real livekit-server on loopback: its configuration, its keys and its start."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from local.stack.children import Child, Command, start
from local.stack.environment import machine
from local.stack.files import write_private
from local.stack.ledger import Ledger
from local.stack.places import LOCAL
from local.stack.waiting import answers

NAME: Final = "livekit-server"
EVENTS: Final = (
    "participant_joined",
    "participant_left",
    "participant_connection_aborted",
    "track_published",
    "room_finished",
)
PATIENCE: Final = 20.0


@dataclass(frozen=True, slots=True)
class LiveKit:
    """How to reach a LiveKit and with which key; never printed."""

    url: str
    ws_url: str
    api_key: str
    api_secret: str


def fresh(port: int) -> LiveKit:
    """A key pair for this start only."""
    url = f"ws://127.0.0.1:{port}"
    key = f"API{secrets.token_hex(6)}"
    return LiveKit(url=url, ws_url=url, api_key=key, api_secret=secrets.token_urlsafe(36))


def configuration(livekit: LiveKit, *, port: int, media_port: int, webhook_url: str) -> dict[str, object]:
    """Loopback only: without TCP media, since that listener cannot be bound to an address."""
    return {
        "port": port,
        "bind_addresses": ["127.0.0.1"],
        "rtc": {
            "udp_port": media_port,
            "tcp_port": 0,
            "node_ip": "127.0.0.1",
            "use_external_ip": False,
            "enable_loopback_candidate": True,
            "ips": {"includes": ["127.0.0.0/8"]},
        },
        "keys": {livekit.api_key: livekit.api_secret},
        "webhook": {
            "api_key": livekit.api_key,
            "urls": [webhook_url],
            "filter_params": {"include_events": list(EVENTS)},
        },
        "logging": {"level": "info"},
    }


async def run(binary: Path, config: dict[str, object], *, port: int, ledger: Ledger) -> Child:
    file = LOCAL / "livekit.yaml"
    write_private(file, yaml.safe_dump(config))
    argv = (str(binary), "--config", str(file))
    child = await start(Command(name=NAME, argv=argv, env=machine()), ledger)

    async def up() -> bool:
        return await answers(f"http://127.0.0.1:{port}/")

    await child.ready(up, seconds=PATIENCE)
    return child
