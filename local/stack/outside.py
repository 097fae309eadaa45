"""What of the stack can be visited: the front door, its control and the inbox."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack

import aiohttp

from local.front_door.app import FrontDoor, Way
from local.front_door.control import Control, Restart
from local.inbox.app import Inbox
from local.inbox.calling import Calling
from local.inbox.mail import Mailbox
from local.inbox.sms import Phones
from local.stack import secret_values
from local.stack.addresses import Addresses
from local.stack.clients import Clients
from local.stack.clock import utc_now
from local.stack.fargate import Fargate
from local.stack.sites import served


class Outside:
    def __init__(
        self,
        at: Addresses,
        *,
        clients: Clients,
        worker: Fargate,
        service_key: str,
        livekit_url: str,
        restart_livekit: Restart,
    ) -> None:
        self._at = at
        self._clients = clients
        self._worker = worker
        self._headers = {"Authorization": f"Bearer {service_key}"}
        self._livekit_url = livekit_url
        self._restart_livekit = restart_livekit
        self._way = Way()

    async def open(self, outputs: Mapping[str, str], sites: AsyncExitStack) -> None:
        mailbox = Mailbox(self._clients, address_of=self._address_of)
        await asyncio.to_thread(mailbox.subscribe, outputs["TopicArn"])
        phones = Phones(aws_endpoint=self._at.http("aws"), now=utc_now)
        origin_key = await asyncio.to_thread(secret_values.read, self._clients, outputs["OriginSecretArn"])
        origin = f"{self._at.http('aws')}/_aws/execute-api/{outputs['ApiId']}/$default"
        control = Control(
            way=self._way,
            replace_worker=self._worker.replace,
            roll_worker=self._worker.roll,
            worker_ready=self._worker.ready,
            restart_livekit=self._restart_livekit,
        )
        inbox = Inbox(phones, mailbox).app()
        self._calling().add_to(inbox)
        applications = {
            "front_door": FrontDoor(origin=origin, origin_key=origin_key, way=self._way).app(),
            "control": control.app(),
            "inbox": inbox,
        }
        for name, app in applications.items():
            await sites.enter_async_context(served(app, self._at.ports[name]))

    def _calling(self) -> Calling:
        api_url = self._at.http("front_door")
        return Calling(api_url=api_url, headers=self._headers, livekit_url=self._livekit_url)

    async def _address_of(self, person: str) -> str:
        """The e-mail address of a person on the roster; empty for what is not the id of one."""
        url = f"{self._at.http('front_door')}/v1/human-agents/{person}"
        async with aiohttp.ClientSession(headers=self._headers) as session, session.get(url) as answer:
            return str((await answer.json()).get("email") or "") if answer.status == 200 else ""
