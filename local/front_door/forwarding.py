"""Which headers travel through the front door and which are a connection's own."""

from collections.abc import Iterable
from typing import Final

from multidict import CIMultiDict

Pairs = Iterable[tuple[str, str]]

# RFC 9110, 7.6.1: these belong to one connection. The host names the front door, not the API behind it.
HOP_BY_HOP: Final = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "host",
        "content-length",
    }
)
FORWARDED_FOR: Final = "X-Forwarded-For"
ORIGIN_KEY: Final = "X-Handoff-Origin"


def passing(pairs: Pairs) -> CIMultiDict[str]:
    """Every other header, in order and as often as it came: two Set-Cookie stay two."""
    return CIMultiDict((name, value) for name, value in pairs if name.lower() not in HOP_BY_HOP)


def towards_the_api(pairs: Pairs, *, viewer: str, origin_key: str) -> CIMultiDict[str]:
    """As CloudFront does it: the viewer's address after what the viewer claims, our key in its place."""
    headers = passing(pairs)
    claimed = headers.popall(FORWARDED_FOR, [])
    headers[FORWARDED_FOR] = ", ".join([*claimed, viewer])
    headers.popall(ORIGIN_KEY, None)
    headers[ORIGIN_KEY] = origin_key
    return headers
