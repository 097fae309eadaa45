"""Makes the secrets that the stack looks up, as an operator does in the cloud, and reads our own back."""

import json

from local.operator.own_keys import make_missing
from local.operator.vault import Vault
from local.stack.clients import Clients
from local.stack.livekit_server import LiveKit
from local.stack.settings import ProviderKeys

OFFLINE = ProviderKeys(openai="offline-openai-key", deepgram="offline-deepgram-key")


def furnish(clients: Clients, livekit: LiveKit, keys: ProviderKeys | None) -> None:
    vault = Vault("laptop", secrets=clients.secrets, parameters=clients.parameters)
    make_missing(vault)
    vault.put("livekit", _livekit(livekit))
    vault.put("providers", _providers(keys or OFFLINE))


def read(clients: Clients, arn: str) -> str:
    return clients.secrets.get_secret_value(SecretId=arn)["SecretString"]


def _livekit(livekit: LiveKit) -> str:
    value = {
        "url": livekit.url,
        "ws_url": livekit.ws_url,
        "api_key": livekit.api_key,
        "api_secret": livekit.api_secret,
    }
    return json.dumps(value)


def _providers(keys: ProviderKeys) -> str:
    return json.dumps({"openai_api_key": keys.openai, "deepgram_api_key": keys.deepgram})
