"""Records to DynamoDB attribute values and back, by their type hints."""

import types
import typing
from base64 import b64decode, b64encode
from collections.abc import Hashable, Mapping
from datetime import UTC, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from msgspec import Struct, StructMeta
from msgspec.structs import asdict

T = TypeVar("T")
Value = Mapping[str, Any]  # one attribute value: {"S": …}, {"N": …}, …


def encode(value: object) -> dict[str, Any]:
    """One attribute value; a field without a value is left out by `item`."""
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int | float):
        return {"N": str(value)}
    if isinstance(value, tuple):
        return {"L": [encode(one) for one in value]}
    return {"M": item(value)} if isinstance(value, Struct) else {"S": _text(value)}


def item(record: Struct) -> dict[str, Any]:
    """The attributes of a record; nothing is written for None, so that defaults read it back."""
    return {name: encode(value) for name, value in asdict(record).items() if value is not None}


def record(kind: type[T], attributes: Mapping[str, Value]) -> T:
    """A record from its attributes; what it does not know is passed over."""
    hints = _hints(typing.cast("Any", kind))
    known = {name: decode(hints[name], value) for name, value in attributes.items() if name in hints}
    for name in hints.keys() - known.keys():
        if _is_optional(hints[name]):
            known[name] = None
    return kind(**known)


def decode(hint: Any, value: Value) -> Any:
    hint = _without_none(hint)
    if typing.get_origin(hint) is tuple:
        return _tuple(hint, value["L"])
    if isinstance(hint, StructMeta):
        return record(typing.cast("type[Any]", hint), value["M"])
    return _scalar(hint, value)


def blob(data: bytes) -> dict[str, str]:
    """Bytes as the wire has them."""
    return {"B": b64encode(data).decode()}


def unblob(value: Value) -> bytes:
    return b64decode(value["B"])


def moment(at: datetime) -> str:
    """Of fixed width, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _scalar(hint: Any, value: Value) -> Any:
    (raw,) = value.values()
    if hint in (datetime, time):
        return hint.fromisoformat(raw)
    return hint(raw) if hint in (int, float) or issubclass(hint, StrEnum) else raw


def _tuple(hint: Any, values: list[Value]) -> tuple[Any, ...]:
    first, *rest = typing.get_args(hint)
    kinds = [first] * len(values) if rest == [Ellipsis] else [first, *rest]
    return tuple(decode(kind, value) for kind, value in zip(kinds, values, strict=True))


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, time) else str(value)


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _is_optional(hint: Any) -> bool:
    return isinstance(hint, types.UnionType) and types.NoneType in typing.get_args(hint)


def _without_none(hint: Any) -> Any:
    if not _is_optional(hint):
        return hint
    (only,) = (one for one in typing.get_args(hint) if one is not types.NoneType)
    return only
