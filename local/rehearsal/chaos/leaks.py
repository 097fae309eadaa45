"""I11: looks through what worker and functions have logged for tokens, codes, numbers, words."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import boto3

from local.stack.clients import NO_REAL_KEYS
from local.stack.environment import AWS_REGION
from local.stack.places import LOGS
from local.stack.stack_file import StackFile

_OURS: Final = ("worker.log", "aws.log")
_PATTERNS: Final = {
    "a token": re.compile(r"eyJ[\w-]{8,}\.[\w-]{8,}"),
    "a telephone number": re.compile(r"\+1500555\d{4}"),
    "a link": re.compile(r"/j/[\w-]{22}\b"),
}


def leaks(stack: StackFile, secrets: Iterable[str], *, folder: Path = LOGS) -> list[str]:
    wanted = sorted(set(secrets))
    return sorted({found for text in _logged(stack, folder) for found in _in(text, wanted)})


def _in(text: str, secrets: list[str]) -> Iterator[str]:
    for what, pattern in _PATTERNS.items():
        if pattern.search(text):
            yield f"I11: a log holds {what}"
    if any(secret in text for secret in secrets):
        yield "I11: a log holds a code, or words of a call"


def _logged(stack: StackFile, folder: Path) -> Iterator[str]:
    yield from (path.read_text(errors="replace") for name in _OURS if (path := folder / name).exists())
    session = boto3.Session(*NO_REAL_KEYS, region_name=AWS_REGION)
    logs: Any = session.client("logs", endpoint_url=stack.aws_endpoint)
    for group in logs.get_paginator("describe_log_groups").paginate().search("logGroups[].logGroupName"):
        pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group)
        yield "\n".join(str(event["message"]) for page in pages for event in page["events"])
