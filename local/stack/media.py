"""Which LiveKit the stack uses: the one that `.env.local` names, else a livekit-server of its own."""

from local.setup import tools
from local.stack import livekit_server
from local.stack.addresses import Addresses
from local.stack.errors import ToolMissingError
from local.stack.family import Family
from local.stack.ledger import Ledger
from local.stack.livekit_server import LiveKit
from local.stack.progress import say, step
from local.stack.settings import LiveKitProject

WEBHOOKS = "/webhooks/livekit"


async def livekit(at: Addresses, *, family: Family, ledger: Ledger) -> LiveKit:
    if at.settings.project is not None:
        return _elsewhere(at.settings.project, at)
    async with step("livekit-server"):
        return await _own(at, family=family, ledger=ledger)


def _elsewhere(project: LiveKitProject, at: Addresses) -> LiveKit:
    webhooks = "the webhook way is off without HANDOFF_PUBLIC_URL, the backstop covers it"
    if at.settings.public_url:
        webhooks = f"let its project send webhooks to {at.public_url}{WEBHOOKS}"
    say(f"  LiveKit is {project.url}; {webhooks}")
    return LiveKit(
        url=project.url, ws_url=project.ws_url, api_key=project.api_key, api_secret=project.api_secret
    )


async def _own(at: Addresses, *, family: Family, ledger: Ledger) -> LiveKit:
    binary = tools.livekit_server()
    if binary is None:
        raise ToolMissingError("livekit-server", "make setup")
    port = at.ports["livekit"]
    live = livekit_server.fresh(port)
    config = livekit_server.configuration(
        live,
        port=port,
        media_port=at.ports["livekit_media"],
        webhook_url=f"{at.http('front_door')}{WEBHOOKS}",
    )
    family.add(await livekit_server.run(binary, config, port=port, ledger=ledger))
    return live
