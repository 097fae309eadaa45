"""What a thousand handovers cost: what one was measured to use, by list prices that are assumptions."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from local.stack.places import ROOT
from tests.bench.cost.handover import Used, handed_over

HANDOVERS: Final = 1000
_BENCH: Final = Path(__file__).parents[1]
_MILLION: Final = 1_000_000
_GB: Final = 1024**3
# Which measured request each of them is like, and behind which door it is.
_LIKE: Final = {
    "open": ("open", "api"),
    "page": ("claim", "api"),
    "claim": ("claim", "api"),
    "ai_left": ("claim", "api"),
    "complete": ("claim", "api"),
    "webhooks": ("joined", "webhooks"),
    "timers": ("joined", "timers"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    part: str
    counted: str
    dollars: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """prices.toml, and what the other benchmarks have measured."""

    region: str
    as_of: str
    aws: dict[str, float]
    providers: dict[str, float]
    call: dict[str, float]

    @classmethod
    def read(cls) -> Assumed:
        return cls(**tomllib.loads(Path(__file__).with_name("prices.toml").read_text()))


@cache
def used() -> Used:
    call = Assumed.read().call
    return handed_over(
        until_claimed=call["seconds_until_claimed"],
        with_a_person=call["seconds_with_a_person"],
        people=int(call["people_told"]),
    )


def bill(one: Used, assumed: Assumed) -> list[Line]:
    aws, call = assumed.aws, assumed.call
    doors = one.doors | {"webhooks": one.doors["webhooks"] + int(call["webhooks_without_effect"])}
    from_outside = sum(count for door, count in doors.items() if door != "timers")
    requests = sum(doors.values())
    seconds = _seconds(doors, cold=call["cold_starts"])
    gb = memory_mb() / 1024
    log_gb = requests * call["log_kb_a_request"] * 1024 / _GB
    kept = one.bytes_stored / 1024
    page_gb = call["page_kb"] * 1024 / _GB
    return [
        Line(
            part="SMS",
            counted=f"{one.texts} a handover, ${aws['sms']:g} each",
            dollars=HANDOVERS * one.texts * aws["sms"],
        ),
        Line(
            part="Lambda",
            counted=f"{requests} requests, {seconds:.2f} s at {memory_mb()} MB",
            dollars=HANDOVERS
            * (seconds * gb * aws["lambda_gb_second"] + requests * aws["lambda_requests_million"] / _MILLION),
        ),
        Line(
            part="DynamoDB",
            counted=f"{one.writes} write units, {one.reads} read units, {kept:.1f} KB kept",
            dollars=_millions(one.writes, aws["dynamodb_writes_million"])
            + _millions(one.reads, aws["dynamodb_reads_million"]),
        ),
        Line(
            part="HTTP API, CloudFront",
            counted=f"{from_outside} requests, one page of {call['page_kb']:g} KB",
            dollars=_millions(from_outside, aws["http_api_million"] + aws["cloudfront_million"])
            + HANDOVERS * page_gb * aws["cloudfront_gb"],
        ),
        Line(
            part="SQS",
            # Sent, received, and deleted.
            counted=f"{one.messages} messages, 3 calls each",
            dollars=_millions(one.messages * 3, aws["sqs_million"]),
        ),
        Line(
            part="logs and traces",
            counted=f"{call['log_kb_a_request']:g} KB and one trace a request",
            dollars=HANDOVERS * log_gb * aws["logs_gb"] + _millions(requests, aws["traces_million"]),
        ),
    ]


def memory_mb() -> int:
    """As the stack gives each function; read, since the stack is not imported for a number."""
    found = re.search(r"_MEMORY_MB = (\d+)", (ROOT / "infra" / "functions.py").read_text())
    assert found
    return int(found[1])


def _seconds(doors: Any, *, cold: float) -> float:
    """Billed of one handover: each request as long as it took warm, and its share of a start."""
    warm = json.loads((_BENCH / "warm.json").read_text())["requests"]
    inits = json.loads((_BENCH / "inits.json").read_text())["init"]
    each = (
        count * (warm[_LIKE[door][0]]["ms"] + cold * inits[_LIKE[door][1]]["median_ms"])
        for door, count in doors.items()
    )
    return float(sum(each)) / 1000


def _millions(each: float, price: float) -> float:
    return HANDOVERS * each * price / _MILLION
