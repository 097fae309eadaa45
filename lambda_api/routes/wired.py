"""What a route asks for: the wiring of its app, and callers with the right scope."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer

from lambda_api.auth.service_keys import ServiceCaller, authorize
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
        return authorize(request.headers.get("authorization"), scope=scope, keys=keys, secrets=secrets)

    return authorized
