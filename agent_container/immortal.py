"""Makes what all jobs are forked from immortal, so that no job copies a page to count a reference to it.

Imported last of ours in the process that jobs are forked from, and nowhere else: what there is by then
is never freed. Python knows immortal objects from 3.12 on (PEP 683); before that this does nothing.
"""

import ctypes
import gc
import logging
from contextlib import suppress
from types import CodeType
from typing import Any, Final

_ENOUGH: Final = 1000


def _count_at(address: int) -> ctypes.c_uint32:
    """An object's count of references is in its first four bytes; whether it is, is seen below."""
    return ctypes.c_uint32.from_address(address)


def _rises(one: object) -> int:
    """By how much an object's count rises when it is referred to a thousand times more."""
    before = _count_at(id(one)).value
    held = [one] * _ENOUGH
    return _count_at(id(held[0])).value - before


def _everything() -> dict[int, Any]:
    """By address; what the collector does not know, such as names and numbers, is found where it is used."""
    layer: list[Any] = gc.get_objects()
    found: dict[int, Any] = {}
    while layer:
        found.update(zip(map(id, layer), layer, strict=True))
        parts = gc.get_referents(*layer) + _parts_of_code(layer)
        layer = [one for one in parts if id(one) not in found]
    return found


def _parts_of_code(some: list[Any]) -> list[Any]:
    """Unknown to the collector; `isinstance` would wake what only stands for something else."""
    return [part for one in some if type(one) is CodeType for part in one.co_consts]


def _make_immortal() -> None:
    gc.collect()  # or what nobody needs any more would stay
    found, forever = _everything(), _count_at(id(None)).value
    for address, one in found.items():
        if issubclass(type(one), type):
            _number(one)
        _count_at(address).value = forever


def _number(kind: type) -> None:
    """The first question for what only a look at a type and its bases answers writes a number into each."""
    with suppress(Exception):  # whoever is asked may have an answer of their own
        type.__getattribute__(kind, "__init__")


try:
    if (_rises(object()), _rises(None)) == (_ENOUGH, 0):
        _make_immortal()
except Exception:  # without it calls take more memory, but they begin
    logging.getLogger(__name__).warning("what jobs inherit is counted in each of them", exc_info=True)
