"""Where LiveKit's keys come from at run time, and which of them may sign webhooks today."""

from collections.abc import Mapping

from lambda_api.config.errors import ConfigError
from lambda_api.config.livekit_keys import LiveKitKeys, SigningKey, keys_from, refuse_defaults, secret_values
from lambda_api.config.secrets import Secrets


class LiveKitSource:
    """The environment wins over the secret; without the secret's address it stands alone."""

    def __init__(
        self, *, secrets: Secrets, secret_arn: str, overrides: Mapping[str, str], deployed: bool
    ) -> None:
        self._secrets = secrets
        self._arn = secret_arn
        self._overrides = overrides
        self._deployed = deployed

    def keys(self) -> LiveKitKeys:
        return self._from(self._secrets.current(self._arn) if self._needs_secret else "{}")

    def webhook_keys(self) -> tuple[SigningKey, ...]:
        """Give the current key, and the one before it while a rotation is on its way."""
        previous = self._secrets.previous(self._arn) if self._needs_secret else None
        return (self.keys().webhook, *self._before(previous))

    def _before(self, previous: str | None) -> tuple[SigningKey, ...]:
        """A version without whole keys signs nothing, and keeps no other from it."""
        try:
            return (self._from(previous).webhook,) if previous else ()
        except ConfigError:
            return ()

    def forget(self) -> bool:
        return self._needs_secret and self._secrets.forget(self._arn)

    @property
    def _needs_secret(self) -> bool:
        return not {"url", "api_key", "api_secret"} <= self._overrides.keys()

    def _from(self, secret: str) -> LiveKitKeys:
        values = secret_values(secret) | dict(self._overrides)
        if self._deployed:
            refuse_defaults(values)
        return keys_from(values)
