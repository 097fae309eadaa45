"""Whose calls these are: told by the environment, or, after a snapshot, by Lambda's own address."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from lambda_api.aws.errors import SILENT, AwsError
from lambda_api.aws.signing import Credentials

_ADDRESS: Final = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
_BEFORE_THEY_END: Final = timedelta(minutes=5)
_PATIENCE_S: Final = 1.0
_NONE: Final = "NoCredentials"


class _Lent(Struct, frozen=True):
    credentials: Credentials
    until: datetime


class Purse:
    """Credentials of the environment, or such as are lent for a while and asked for again in time."""

    def __init__(self, environment: Mapping[str, str], *, now: Callable[[], datetime]) -> None:
        self._environment = environment
        self._now = now
        self._lent: _Lent | None = None

    def credentials(self) -> Credentials:
        """Raises `AwsError` where there are none."""
        given = self._environment
        if given.get("AWS_ACCESS_KEY_ID"):
            key_id, secret = given["AWS_ACCESS_KEY_ID"], given.get("AWS_SECRET_ACCESS_KEY", "")
            return Credentials(key_id, secret, given.get("AWS_SESSION_TOKEN", ""))
        if self._lent is None or self._now() > self._lent.until - _BEFORE_THEY_END:
            self._lent = self._borrowed()
        return self._lent.credentials

    def _borrowed(self) -> _Lent:
        address = self._environment.get(_ADDRESS)
        if not address:
            raise AwsError(_NONE)
        told = _asked(address, self._environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN", ""))
        until = datetime.fromisoformat(told["Expiration"].replace("Z", "+00:00")).astimezone(UTC)
        return _Lent(Credentials(told["AccessKeyId"], told["SecretAccessKey"], told["Token"]), until)


def _asked(address: str, authorization: str) -> dict[str, str]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=_PATIENCE_S)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}", headers={"Authorization": authorization})
        answer = connection.getresponse()
        told: dict[str, str] = json.loads(answer.read()) if answer.status == 200 else {}
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise AwsError(SILENT) from error
    finally:
        connection.close()
    if not told:
        raise AwsError(_NONE)
    return told
