"""Reads secrets when they are first needed and keeps each for five minutes."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from lambda_api.aws.client import Ask
from lambda_api.aws.errors import AwsError
from lambda_api.config.errors import SecretUnavailableError

VersionStage = Literal["AWSCURRENT", "AWSPREVIOUS"]
KEEP_S = 300.0
# Junk that fails to verify must not turn into a flood of reads of the secret.
REFRESH_AFTER_S = 30.0

log = logging.getLogger(__name__)


class _Kept(Struct, frozen=True):
    value: str | None
    read_at: float


class Secrets:
    """Current and previous versions of secrets; a value once read outlives an outage."""

    def __init__(self, *, client: Ask, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._clock = clock
        self._kept: dict[tuple[str, VersionStage], _Kept] = {}

    def current(self, arn: str) -> str:
        value = self._get(arn, "AWSCURRENT")
        if value is None:
            raise SecretUnavailableError
        return value

    def previous(self, arn: str) -> str | None:
        return self._get(arn, "AWSPREVIOUS")

    def forget(self, arn: str) -> bool:
        """Make the next read a fresh one, unless the last was a moment ago."""
        kept = self._kept.get((arn, "AWSCURRENT"))
        if kept is None or self._clock() - kept.read_at < REFRESH_AFTER_S:
            return False
        for key in [key for key in self._kept if key[0] == arn]:
            self._kept[key] = _Kept(self._kept[key].value, -math.inf)
        return True

    def _get(self, arn: str, stage: VersionStage) -> str | None:
        kept = self._kept.get((arn, stage))
        if kept is not None and self._clock() - kept.read_at < KEEP_S:
            return kept.value
        return self._read(arn, stage, kept)

    def _read(self, arn: str, stage: VersionStage, kept: _Kept | None) -> str | None:
        value: str | None
        try:
            value = self._client("GetSecretValue", SecretId=arn, VersionStage=stage).get("SecretString")
        except AwsError as error:
            value = self._without_answer(error, stage, kept)
        self._kept[arn, stage] = _Kept(value, self._clock())
        return value

    def _without_answer(self, error: AwsError, stage: VersionStage, kept: _Kept | None) -> str | None:
        if stage == "AWSPREVIOUS" and error.code == "ResourceNotFoundException":
            return None
        if kept is not None:
            log.warning("a secret could not be read again; the one known is kept", extra={"code": error.code})
            return kept.value
        raise SecretUnavailableError from error
