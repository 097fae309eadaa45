"""AWS's Signature Version 4 for a POST to `/`: whose call it is, unchanged, and of this minute.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Final

from msgspec import Struct

_ALGORITHM: Final = "AWS4-HMAC-SHA256"


class Credentials(Struct, frozen=True, repr_omit_defaults=True):
    key_id: str
    secret: str
    token: str = ""

    def __repr__(self) -> str:
        return f"Credentials({self.key_id!r})"


def signed(
    headers: Mapping[str, str],
    body: bytes,
    *,
    credentials: Credentials,
    region: str,
    service: str,
    at: datetime,
) -> dict[str, str]:
    """The headers of a request, its host among them, and those that prove whose it is; `at` in UTC."""
    moment = at.strftime("%Y%m%dT%H%M%SZ")
    scope = f"{moment[:8]}/{region}/{service}/aws4_request"
    told = {name.lower(): value.strip() for name, value in headers.items()} | {"x-amz-date": moment}
    if credentials.token:
        told["x-amz-security-token"] = credentials.token
    names = ";".join(sorted(told))
    lines = "".join(f"{name}:{told[name]}\n" for name in sorted(told))
    request = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
    text = f"{_ALGORITHM}\n{moment}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = _mac(_key(credentials.secret, moment[:8], region, service), text).hex()
    proof = (
        f"{_ALGORITHM} Credential={credentials.key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    )
    return told | {"authorization": proof}


@cache
def _key(secret: str, day: str, region: str, service: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in (day, region, service, "aws4_request"):
        key = _mac(key, part)
    return key


def _mac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
