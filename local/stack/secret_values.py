"""Puts into the deployed secrets what an operator puts there in the cloud, and reads our own keys back."""

import json

from local.stack.clients import Clients
from local.stack.livekit_server import LiveKit
from local.stack.settings import ProviderKeys

OFFLINE = ProviderKeys(openai="offline-openai-key", deepgram="offline-deepgram-key")


def put_livekit(clients: Clients, arn: str, livekit: LiveKit) -> None:
    value = {
        "url": livekit.url,
        "ws_url": livekit.ws_url,
        "api_key": livekit.api_key,
        "api_secret": livekit.api_secret,
    }
    clients.secrets.put_secret_value(SecretId=arn, SecretString=json.dumps(value))


def put_providers(clients: Clients, arn: str, keys: ProviderKeys | None) -> None:
    keys = keys or OFFLINE
    value = {"openai_api_key": keys.openai, "deepgram_api_key": keys.deepgram}
    clients.secrets.put_secret_value(SecretId=arn, SecretString=json.dumps(value))


def read(clients: Clients, arn: str) -> str:
    return clients.secrets.get_secret_value(SecretId=arn)["SecretString"]
