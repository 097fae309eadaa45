"""The ports as the domain gets them: every call goes through here, as a step of the process that makes it."""

from collections.abc import Callable
from functools import cache, partial
from inspect import Parameter, Signature, getmembers, isfunction, signature
from typing import Any, Final

from tests.simulation.faults import Steps, is_read
from tests.simulation.hub import Hub

_PASSED_ON: Final[dict[Any, str]] = {
    Parameter.KEYWORD_ONLY: "{0}={0}",
    Parameter.VAR_POSITIONAL: "*{0}",
    Parameter.VAR_KEYWORD: "**{0}",
}
# As a person would write it, since a call of anything given costs more than most of what is called.
_STEP = """
def {name}{taken}:
    steps = self.steps
    steps.count = count = steps.count + 1
    {writes}
    if count == steps.next:
        return steps.stumble(self.port, "{name}", partial(self.inner.{name}, {given}))
    return self.inner.{name}({given})
"""
_WRITES = "self.hub.current.writes += 1"


class Crossing:
    """A port whose every call is a step of the process that makes it."""

    __slots__ = ("hub", "inner", "port", "steps")

    def __init__(self, inner: object, port: str, steps: Steps, hub: Hub) -> None:
        self.inner, self.port, self.steps, self.hub = inner, port, steps, hub


@cache
def crossing(kind: type) -> type[Crossing]:
    """The same for all ports of a kind, with its very methods."""
    methods = {name: _step(name, method) for name, method in getmembers(kind, isfunction) if name[0] != "_"}
    return type(f"{kind.__name__}Crossing", (Crossing,), {"__slots__": (), **methods})


def _step(name: str, method: Callable[..., Any]) -> Any:
    given = [one for one in signature(method).parameters.values() if one.name != "self"]
    plain = [one.replace(annotation=Parameter.empty) for one in given]
    source = _STEP.format(
        name=name,
        taken=Signature([Parameter("self", Parameter.POSITIONAL_OR_KEYWORD), *plain]),
        given=", ".join(_PASSED_ON.get(one.kind, "{0}").format(one.name) for one in given),
        writes="" if is_read(name) else _WRITES,
    )
    made: dict[str, Any] = {"partial": partial}
    exec(source, made)  # noqa: S102  # made of our own methods' names alone
    return made[name]
