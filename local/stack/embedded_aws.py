"""The embedded AWS (ministack): its start on loopback, with its state in `.local`."""

from pathlib import Path
from typing import Final

from local.stack.children import Child, Command, start
from local.stack.environment import embedded_aws, machine
from local.stack.ledger import Ledger
from local.stack.places import LOCAL, private_folder
from local.stack.waiting import answers

STATE: Final = LOCAL / "aws" / "state"
SCRATCH: Final = LOCAL / "aws" / "tmp"
PATIENCE: Final = 30.0
# One process of some 35 MB a concurrent call: eight people who press at once, and as many for webhooks and
# looks meanwhile. What is over the limit is refused with 429, as on AWS.
CONCURRENCY: Final = "16"
WARM_SECONDS: Final = "3600"


def settings(port: int, endpoint: str) -> dict[str, str]:
    """What is off would listen or start containers; what is on keeps the deployed stack on disk."""
    return machine(
        GATEWAY_PORT=str(port),
        BIND_HOST="127.0.0.1",
        MINISTACK_HOST="127.0.0.1",
        PERSIST_STATE="1",
        STATE_DIR=str(STATE),
        TMPDIR=str(private_folder(SCRATCH)),
        IOT_MTLS_ENABLED="0",
        SFTP_ENABLED="0",
        DOCKER_HOST="unix:///nonexistent",
        # Its INFO tells every SMS and path: numbers and join codes, on disk.
        LOG_LEVEL="WARNING",
        LAMBDA_ACCOUNT_CONCURRENCY=CONCURRENCY,
        LAMBDA_WARM_TTL_SECONDS=WARM_SECONDS,
        **embedded_aws(endpoint),
    )


async def run(python: Path, *, port: int, ledger: Ledger) -> Child:
    endpoint = f"http://127.0.0.1:{port}"
    argv = (str(python), "-m", "ministack")
    child = await start(Command(name="aws", argv=argv, env=settings(port, endpoint)), ledger)

    async def up() -> bool:
        return await answers(f"{endpoint}/_ministack/ready")

    await child.ready(up, seconds=PATIENCE)
    return child
