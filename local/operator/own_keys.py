"""The keys that nobody gives us: random, made once, and renewed while the one before stays good."""

import secrets
import string
from typing import Final

from local.operator.vault import Vault

# The join links' codes, what the edge shows the API, the worker's and the operator's key for the API.
OWN_KEYS: Final = ("link", "origin", "worker_key", "admin_key")
# Letters and digits only survive any shell; 48 of them are 285 random bits.
_CHARACTERS: Final = string.ascii_letters + string.digits
_LENGTH: Final = 48


def make_missing(vault: Vault) -> list[str]:
    missing = [name for name in OWN_KEYS if vault.read(name) is None]
    for name in missing:
        renew(vault, name)
    return missing


def renew(vault: Vault, name: str) -> None:
    vault.put(name, "".join(secrets.choice(_CHARACTERS) for _ in range(_LENGTH)))
