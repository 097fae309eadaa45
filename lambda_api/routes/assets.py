"""The files that our pages are made of: named by their content, hence never changed."""

from pathlib import PurePath
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

from lambda_api.adapters.web_build import PREFIX
from lambda_api.routes.wired import WiringDep

router = APIRouter(include_in_schema=False)
# Named, since what a machine takes a suffix for differs.
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_OTHER: Final = "application/octet-stream"
_HEADERS: Final = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}


@router.head(PREFIX + "{file}")
@router.get(PREFIX + "{file}")
def asset(file: str, request: Request, wiring: WiringDep) -> Response:
    found = wiring.web.asset(file, packed=_takes_gzip(request))
    if found is None:
        raise HTTPException(404)
    packed = {"Content-Encoding": "gzip"} if found.packed else {}
    kind = _TYPES.get(PurePath(file).suffix, _OTHER)
    return Response(found.content, headers={**_HEADERS, **packed, "Content-Type": kind})


def _takes_gzip(request: Request) -> bool:
    """Said without a wish not to: `gzip;q=0` is one."""
    codings = (
        one.replace(" ", "").partition(";") for one in request.headers.get("accept-encoding", "").split(",")
    )
    return any(coding == "gzip" and wish not in ("q=0", "q=0.0") for coding, _, wish in codings)
