"""LiveKit's address and keys: from the environment where it has them, else from the secret."""

import json
from collections.abc import Mapping

from msgspec import Struct

from lambda_api.config.errors import ConfigError

_NAMES = {
    "url": "LIVEKIT_URL",
    "ws_url": "LIVEKIT_WS_URL",
    "api_key": "LIVEKIT_API_KEY",
    "api_secret": "LIVEKIT_API_SECRET",
}
_ALL_OR_NONE = ("url", "api_key", "api_secret")
_DEFAULT_SECRETS = frozenset({"secret", "devsecret", "changeme", "change-me", "placeholder"})
_SHORTEST_SECRET = 32


class SigningKey(Struct, frozen=True, kw_only=True):
    """A key pair of LiveKit's; the secret half stays out of every repr."""

    name: str
    secret: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}(name={self.name!r})"


class LiveKitKeys(Struct, frozen=True, kw_only=True):
    """Which LiveKit this is, and the keys that sign towards it and from it."""

    url: str
    ws_url: str
    api: SigningKey
    webhook: SigningKey


def overrides_from(environ: Mapping[str, str]) -> dict[str, str]:
    return {field: environ[name] for field, name in _NAMES.items() if environ.get(name)}


def refuse_defaults(values: Mapping[str, str]) -> None:
    given = [name for name in _ALL_OR_NONE if values.get(name)]
    if given and len(given) < len(_ALL_OR_NONE):
        raise ConfigError("LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET go together")
    secret = values.get("api_secret")
    if secret is not None and (secret in _DEFAULT_SECRETS or len(secret) < _SHORTEST_SECRET):
        raise ConfigError("LiveKit's API secret is a default one or too short")


def keys_from(values: Mapping[str, str]) -> LiveKitKeys:
    if missing := [name for name in _ALL_OR_NONE if not values.get(name)]:
        raise ConfigError(f"LiveKit's settings lack {', '.join(missing)}")
    api = SigningKey(name=values["api_key"], secret=values["api_secret"])
    return LiveKitKeys(
        url=values["url"],
        ws_url=values.get("ws_url") or _as_websocket(values["url"]),
        api=api,
        webhook=_webhook_key(values) or api,
    )


def secret_values(text: str) -> dict[str, str]:
    try:
        return {str(name): str(value) for name, value in json.loads(text).items()}
    except (ValueError, AttributeError) as error:
        raise ConfigError("LiveKit's secret is not the JSON object that it should be") from error


def _webhook_key(values: Mapping[str, str]) -> SigningKey | None:
    name, secret = values.get("webhook_api_key"), values.get("webhook_api_secret")
    return SigningKey(name=name, secret=secret) if name and secret else None


def _as_websocket(url: str) -> str:
    return "ws" + url.removeprefix("http") if url.startswith("http") else url
