"""Briefs as items: compressed, beside the words that they live and die with."""

import json
import zlib
from datetime import datetime
from typing import Any

import msgspec

from lambda_api.adapters import dynamodb_codec as codec
from lambda_api.adapters import dynamodb_keys as keys
from lambda_api.escalations.briefs import Brief, Line, LineKind


def brief_item(escalation_id: str, brief: Brief, *, until: datetime) -> dict[str, Any]:
    return {**keys.brief(escalation_id), "packed": codec.blob(_packed(brief)), **keys.expiry(until)}


def brief_of(item: dict[str, Any]) -> Brief:
    told = json.loads(zlib.decompress(codec.unblob(item["packed"])))
    return Brief(
        summary=told["summary"],
        transcript=tuple((role, text) for role, text in told["transcript"]),
        refreshed_at=datetime.fromisoformat(told["refreshed_at"]),
        lines=tuple(_line(**line) for line in told["lines"]),
        language=told["language"],
        mood=told["mood"],
    )


def _line(*, kind: str, text: str, turns: list[int]) -> Line:
    return Line(kind=LineKind(kind), text=text, turns=tuple(turns))


def _packed(brief: Brief) -> bytes:
    return zlib.compress(msgspec.json.encode(brief))
