"""Refuses what did not come through the edge, before a door opens: the HTTP API's own address is public."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Final

from lambda_api.config.secrets import Secrets
from lambda_api.dependencies import Wiring
from lambda_api.errors.edge import OutsideError

HEADER: Final = "x-handoff-origin"


def require_edge(event: Mapping[str, Any], wired: Wiring) -> None:
    """Raise OutsideError unless the request bears the edge's key, this version or the last."""
    shown = _shown(event)
    arn, secrets = wired.settings.origin_secret_arn, wired.secrets
    if _known(shown, arn, secrets):
        return
    if not (secrets.forget(arn) and _known(shown, arn, secrets)):
        raise OutsideError


def _known(shown: str, arn: str, secrets: Secrets) -> bool:
    keys = (secrets.current(arn), secrets.previous(arn) or "")
    # Both are compared, so that the time tells nobody which one was close.
    same = [hmac.compare_digest(_digest(shown), _digest(key)) and bool(key) for key in keys]
    return any(same)


def _shown(event: Mapping[str, Any]) -> str:
    headers: Mapping[str, str] = event.get("headers") or {}
    return next((value for name, value in headers.items() if name.lower() == HEADER), "")


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="surrogatepass")).digest()
