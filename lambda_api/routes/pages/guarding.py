"""The headers that guard our pages: nobody frames, keeps or lists them, and only our own script may run."""

from typing import Final
from urllib.parse import urlsplit

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "microphone=(self), camera=()",
    "X-Frame-Options": "DENY",
}
_CLOUD: Final = "livekit.cloud"
_TWINS: Final = {"wss": "https", "ws": "http"}


def with_script(livekit_url: str) -> dict[str, str]:
    """For a page whose script talks to us and to this LiveKit, and to nobody else."""
    policy = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "media-src 'self' blob:",
        "worker-src 'self'",
        " ".join(("connect-src 'self'", *_origins(livekit_url))),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
    return HEADERS | {"Content-Security-Policy": "; ".join(policy)}


def _origins(livekit_url: str) -> tuple[str, ...]:
    """Its websocket and its twin for plain requests; LiveKit Cloud may send us on to a region's."""
    url = urlsplit(livekit_url)
    twin = _TWINS.get(url.scheme)
    if twin is None or not url.hostname:
        return ()
    near = (f"{url.scheme}://{url.netloc}", f"{twin}://{url.netloc}")
    if url.hostname.endswith(f".{_CLOUD}"):
        return (*near, f"wss://*.{_CLOUD}", f"https://*.{_CLOUD}")
    return near
