"""The condition and update expressions that a table of ours is asked with; others are refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

Item = dict[str, Any]
_TERM: Final = re.compile(r"(\w+)\((\w+)(?:, ?(:\w+))?\)|(\w+) (=|<=|<) (:\w+)")
_CLAUSE: Final = re.compile(r"\b(SET|ADD|REMOVE)\b")
_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": lambda one, other: one == other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
}


class NotSpokenError(Exception):
    """An expression that nothing of ours has been seen to use."""


class Words:
    """An expression's names and values, as they come with it."""

    def __init__(self, request: Mapping[str, Any]) -> None:
        self._names: Mapping[str, str] = request.get("ExpressionAttributeNames") or {}
        self._values: Mapping[str, Item] = request.get("ExpressionAttributeValues") or {}

    def holds(self, expression: str, item: Item) -> bool:
        """Alternatives of terms that are all wanted."""
        spelled = self._spelled(expression)
        ways = (way.split(" AND ") for way in spelled.split(" OR "))
        return any(all(self._term(term.strip(" ()"), item) for term in way) for way in ways)

    def updated(self, expression: str, item: Item) -> Item:
        _, *parts = _CLAUSE.split(self._spelled(expression))
        new = dict(item)
        for kind, assignments in zip(parts[::2], parts[1::2], strict=True):
            for one in re.split(r",(?![^(]*\))", assignments):
                self._assign(kind, one.strip(), new)
        return new

    def value(self, name: str) -> Item:
        return self._values[name]

    def _spelled(self, expression: str) -> str:
        for short, name in self._names.items():
            expression = expression.replace(short, name)
        return expression

    def _term(self, term: str, item: Item) -> bool:
        # What was trimmed with the brackets around a term may be a function's own.
        found = _TERM.fullmatch(term) or _TERM.fullmatch(term + ")")
        if found is None:
            raise NotSpokenError(term)
        function, of, argument, name, how, value = found.groups()
        if function:
            return self._function(function, of, argument, item)
        return name in item and _COMPARE[how](_plain(item[name]), _plain(self._values[value]))

    def _function(self, function: str, name: str, argument: str | None, item: Item) -> bool:
        match function:
            case "attribute_exists":
                return name in item
            case "attribute_not_exists":
                return name not in item
            case "begins_with":
                return str(_plain(item[name])).startswith(str(_plain(self._values[argument or ""])))
            case _:
                raise NotSpokenError(function)

    def _assign(self, kind: str, assignment: str, item: Item) -> None:
        if kind == "ADD":
            name, value = assignment.split()
            before = item.get(name, {"N": "0"})
            item[name] = {"N": str(_plain(before) + _plain(self._values[value]))}
            return
        if kind == "REMOVE":
            item.pop(assignment, None)
            return
        name, value = assignment.split(" = ")
        if value.startswith("if_not_exists("):
            kept, value = value.removeprefix("if_not_exists(").rstrip(")").split(", ")
            item[name] = item.get(kept, self._values[value])
            return
        item[name] = self._values[value]


def _plain(value: Item) -> Any:
    ((kind, raw),) = value.items()
    return Decimal(raw) if kind == "N" else raw
