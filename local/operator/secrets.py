"""`make secrets STAGE=dev`: puts LiveKit's and the providers' keys into the deployed secrets.

Each is asked for at the terminal and goes straight to Secrets Manager: through no shell history or file.
"""

from __future__ import annotations

import json
import sys
from getpass import getpass
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from local.operator.fields import LIVEKIT, MORE_KEYS, PROVIDERS, FaultyError, Field, Secret, filled
from local.stack.progress import say

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_secretsmanager import SecretsManagerClient


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        say("usage: make secrets STAGE=dev")
        return 2
    try:
        _fill_all(f"Handoff-{arguments[0]}")
    except (FaultyError, ClientError, BotoCoreError) as error:
        say(str(error))
        return 1
    return 0


def _fill_all(stack: str) -> None:
    outputs = stack_outputs(boto3.client("cloudformation"), stack)
    client = boto3.client("secretsmanager")
    wanted = (LIVEKIT, PROVIDERS, *(secret for secret in MORE_KEYS if secret.output in outputs))
    for secret in wanted:
        fill(client, outputs[secret.output], secret)
    say(f"\nWebhook URL for LiveKit: {outputs['WebhookUrl']}")
    say("Now deploy once more with workers; running ones read their keys when they start.")


def stack_outputs(client: CloudFormationClient, stack: str) -> dict[str, str]:
    found = client.describe_stacks(StackName=stack)["Stacks"][0].get("Outputs", [])
    return {output["OutputKey"]: output["OutputValue"] for output in found}


def fill(client: SecretsManagerClient, arn: str, secret: Secret) -> None:
    say(f"\n{secret.title}")
    known: dict[str, str] = json.loads(client.get_secret_value(SecretId=arn)["SecretString"])
    given = filled(secret, known, _ask)
    if given == known:
        say("  nothing changed")
        return
    client.put_secret_value(SecretId=arn, SecretString=json.dumps(given))
    say("  stored; the version before it is kept as AWSPREVIOUS")


def _ask(field: Field, known: bool) -> str:  # noqa: FBT001 - the shape of `fields.Ask`
    prompt = f"  {field.asks}{' [Enter: as it is]' if known else ''}: "
    return getpass(prompt) if field.hidden else input(prompt)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
