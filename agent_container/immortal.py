"""Makes what all jobs are forked from immortal, so that no job copies a page to count a reference to it.

Imported last of all in the process that jobs are forked from, and nowhere else: what there is by then is
never freed. Python knows immortal objects from 3.12 on (PEP 683); before that this does nothing.
"""

import ctypes
import gc
import logging
import sysconfig
from types import CodeType, FrameType
from typing import Any, Final

_Count: Final = ctypes.c_uint32  # the first four bytes of an object, on machines that begin with the lowest
_ENOUGH: Final = 1000


def _count_of(address: int) -> ctypes.c_uint32:
    return _Count.from_address(address)


def _knows_immortals() -> bool:
    """Without its global lock Python counts elsewhere."""
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        return False
    before, held = _count_of(id(None)).value, [None] * _ENOUGH
    return _count_of(id(None)).value == before and len(held) == _ENOUGH


def _everything() -> dict[int, Any]:
    """By address; what the collector does not know, such as names and numbers, is found where it is used."""
    found: dict[int, Any] = {}
    layer: list[Any] = gc.get_objects()
    while layer:
        found.update(zip(map(id, layer), layer, strict=True))
        parts = gc.get_referents(*layer) + _parts_of_code(layer)
        layer = [one for one in parts if id(one) not in found]
    return found


def _parts_of_code(some: list[Any]) -> list[Any]:
    """Unknown to the collector; `isinstance` would wake what only stands for something else."""
    return [part for one in some if type(one) is CodeType for part in one.co_consts]


def _make_immortal() -> None:
    gc.collect()
    found, forever = _everything(), _count_of(id(None)).value
    for address, one in found.items():
        if issubclass(type(one), type):
            # The first question for an attribute writes a number into the type.
            type.__getattribute__(one, "__init__")
        if type(one) is not FrameType:
            _count_of(address).value = forever


try:
    if _knows_immortals():
        _make_immortal()
except Exception:  # without it calls take more memory, but they begin
    logging.getLogger(__name__).warning("what jobs inherit is counted in each of them", exc_info=True)
