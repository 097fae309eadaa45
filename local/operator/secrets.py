"""`make secrets STAGE=dev`: puts all that a stage keeps secret into Secrets Manager, before it is deployed.

LiveKit's and the providers' keys are asked for at the terminal and go through no shell history or file; our
own are made, and shown to nobody.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from getpass import getpass

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from local.operator.fields import LIVEKIT, MORE_KEYS, PROVIDERS, Ask, FaultyError, Field, Secret, filled
from local.operator.own_keys import OWN_KEYS, make_missing, renew
from local.operator.vault import Vault
from local.stack.progress import say


def main(arguments: list[str]) -> int:
    wish = _parsed(arguments)
    try:
        vault = Vault(wish.stage, secrets=boto3.client("secretsmanager"), parameters=boto3.client("ssm"))
        if wish.renew:
            _renew_all(vault, wish.renew)
        else:
            make_all(vault, wish.also, ask)
            say(f"\nNow: npx cdk deploy Handoff-{wish.stage} -c stage={wish.stage}")
    except (FaultyError, ClientError, BotoCoreError) as error:
        say(str(error))
        return 1
    return 0


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make secrets", description=__doc__)
    parser.add_argument("stage", choices=("dev", "prod"))
    parser.add_argument("--also", nargs="+", default=[], choices=[secret.name for secret in MORE_KEYS])
    parser.add_argument("--renew", nargs="+", default=[], choices=OWN_KEYS)
    return parser.parse_args(arguments)


def make_all(vault: Vault, also: Iterable[str], ask: Ask) -> None:
    more = [secret for secret in MORE_KEYS if secret.name in also or vault.read(secret.name)]
    asked = (LIVEKIT, PROVIDERS, *more)
    for secret in asked:
        _fill(vault, secret, ask)
    for name in make_missing(vault):
        say(f"\n{name}: made")
    # So that a run that broke off in the middle is mended by the next.
    for name in (*(secret.name for secret in asked), *OWN_KEYS):
        vault.announce(name)


def _fill(vault: Vault, secret: Secret, ask: Ask) -> None:
    say(f"\n{secret.title}")
    known: dict[str, str] = json.loads(vault.read(secret.name) or "{}")
    given = filled(secret, known, ask)
    if given == known:
        say("  nothing changed")
        return
    vault.put(secret.name, json.dumps(given))
    say("  stored; a version before it is kept as AWSPREVIOUS. Workers read their keys when they start.")


def _renew_all(vault: Vault, names: Iterable[str]) -> None:
    for name in names:
        renew(vault, name)
        say(f"{name}: renewed; the one before it is good until the next time")


def ask(field: Field, known: bool) -> str:  # noqa: FBT001 - the shape of `fields.Ask`
    prompt = f"  {field.asks}{' [Enter: as it is]' if known else ''}: "
    return getpass(prompt) if field.hidden else input(prompt)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
