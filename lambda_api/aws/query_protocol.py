"""AWS's older protocol, as SNS speaks it: a form goes there, XML comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from msgspec import Struct

from lambda_api.aws.errors import SILENT, AwsError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FORM: Final = "application/x-www-form-urlencoded; charset=utf-8"
# A map's pairs are numbered, and only this one's are called differently.
_PAIR: Final = {"MessageAttributes": ("Name", "Value")}


class QueryProtocol(Struct, frozen=True):
    version: str

    def request(self, operation: str, given: Mapping[str, Any]) -> tuple[dict[str, str], bytes]:
        fields = {"Action": operation, "Version": self.version, **dict(_fields(given))}
        return {"content-type": _FORM}, urlencode(fields).encode()

    def answer(self, body: bytes) -> dict[str, Any]:
        """What stands in the result, as text; a map by its keys."""
        result = next((one for one in _parsed(body) if _name(one).endswith("Result")), None)
        return {} if result is None else {_name(one): _value(one) for one in result}

    def refusal(self, body: bytes) -> AwsError:
        found = (one.text or "" for one in _parsed(body).iter() if _name(one) == "Code")
        return AwsError(next(found, ""))


def _fields(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        if isinstance(value, Mapping):
            yield from _pairs(name, value)
        else:
            yield name, _text(value)


def _pairs(name: str, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    key_name, value_name = _PAIR.get(name, ("key", "value"))
    for number, (key, value) in enumerate(given.items(), start=1):
        entry = f"{name}.entry.{number}"
        yield f"{entry}.{key_name}", key
        parts = (
            {f".{part}": text for part, text in value.items()} if isinstance(value, Mapping) else {"": value}
        )
        yield from ((f"{entry}.{value_name}{part}", _text(text)) for part, text in parts.items())


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parsed(body: bytes) -> Element:
    # Late: of what the functions ask, only the rare calls have an answer that is read.
    from xml.etree import ElementTree

    try:
        return ElementTree.fromstring(body)  # noqa: S314 - AWS's own answer, over TLS
    except ElementTree.ParseError as error:
        raise AwsError(SILENT) from error


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _value(element: Element) -> Any:
    pairs = ([child.text or "" for child in entry] for entry in element)
    return dict(pairs) if len(element) else element.text or ""
