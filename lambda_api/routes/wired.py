"""What a route asks for: the wiring of its app, and callers with the right scope."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from lambda_api.auth.api_keys import holder
from lambda_api.auth.service_caller import ServiceCaller
from lambda_api.auth.service_keys import authorize
from lambda_api.dependencies import Wiring
from lambda_api.escalations.ports import Ports

# Only for the documentation: the header is read by auth, which answers in our own words.
_DOCUMENTED = HTTPBearer(auto_error=False, scheme_name="service key", description="A named service key.")


def get_wiring(request: Request) -> Wiring:
    make: Callable[[], Wiring] = request.app.state.wiring
    return make()


WiringDep = Annotated[Wiring, Depends(get_wiring)]


def get_ports(wiring: WiringDep) -> Ports:
    return wiring.ports


PortsDep = Annotated[Ports, Depends(get_ports)]


def caller_with(scope: str) -> Callable[..., ServiceCaller]:
    def authorized(
        request: Request, wiring: WiringDep, _documented: Annotated[object, Security(_DOCUMENTED)]
    ) -> ServiceCaller:
        keys, secrets = wiring.settings.service_keys, wiring.secrets
        made = partial(holder, wiring.api_keys)
        header = request.headers.get("authorization")
        return authorize(header, scope=scope, keys=keys, secrets=secrets, made=made)

    return authorized
