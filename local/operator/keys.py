"""`make keys STAGE=dev`: lists the API keys; with NAME and SCOPES makes one, with REVOKE takes one away.

A new key is printed once and kept nowhere but as a digest.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

import boto3
import httpx
from botocore.exceptions import BotoCoreError, ClientError

from local.stack import stack_file
from local.stack.progress import say

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient

_LAPTOP = "laptop"
_PATH = "/v1/api-keys"


class NoStackError(Exception):
    def __init__(self) -> None:
        super().__init__("no stack is up on this laptop (make up)")


def main(arguments: list[str]) -> int:
    wish = _parsed(arguments)
    try:
        with _client(wish.stage) as api:
            return _fulfil(api, wish)
    except (NoStackError, ClientError, BotoCoreError, httpx.HTTPError) as error:
        say(str(error))
        return 1


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make keys", description=__doc__)
    parser.add_argument("stage")
    parser.add_argument("--name", default="")
    parser.add_argument("--scopes", default="", help="comma-separated")
    parser.add_argument("--revoke", default="")
    return parser.parse_args(arguments)


def _fulfil(api: httpx.Client, wish: argparse.Namespace) -> int:
    if wish.revoke:
        return _told(api.delete(f"{_PATH}/{wish.revoke}"), f"{wish.revoke} opens nothing any more")
    if wish.name:
        scopes = [scope.strip() for scope in wish.scopes.split(",") if scope.strip()]
        return _made(api.post(_PATH, json={"name": wish.name, "scopes": scopes}))
    return _listed(api.get(_PATH))


def _listed(answer: httpx.Response) -> int:
    items = answer.json()["items"] if answer.is_success else []
    for key in items:
        say(f"  {key['name']:<32} {key['created_at'][:10]}  {', '.join(key['scopes'])}")
    return _told(answer, f"  {len(items)} keys")


def _made(answer: httpx.Response) -> int:
    if answer.is_success:
        # Straight to the terminal: no log of ours ever holds it.
        sys.stdout.write(answer.json()["key"] + "\n")
    return _told(answer, "Keep it now: it is not shown again.")


def _told(answer: httpx.Response, done: str) -> int:
    say(done if answer.is_success else str(answer.json().get("detail", answer.status_code)))
    return 0 if answer.is_success else 1


def _client(stage: str) -> httpx.Client:
    url, key = _laptop() if stage == _LAPTOP else _deployed(stage)
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=15)


def _laptop() -> tuple[str, str]:
    stack = stack_file.read()
    if stack is None:
        raise NoStackError
    return stack.api_url, stack.service_key


def _deployed(stage: str) -> tuple[str, str]:
    """With the operator's own rights in AWS: who may read the admin's key may make others."""
    outputs = _stack_outputs(boto3.client("cloudformation"), f"Handoff-{stage}")
    secret = boto3.client("secretsmanager").get_secret_value(SecretId=outputs["AdminKeySecretArn"])
    return outputs["ApiUrl"], secret["SecretString"]


def _stack_outputs(client: CloudFormationClient, stack: str) -> dict[str, str]:
    found = client.describe_stacks(StackName=stack)["Stacks"][0].get("Outputs", [])
    return {output["OutputKey"]: output["OutputValue"] for output in found}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
