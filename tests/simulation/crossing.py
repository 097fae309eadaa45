"""The ports as the domain gets them: every call goes through here, as a step of the process that makes it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.simulation.faults import Steps, is_read
from tests.simulation.hub import Hub


class Crossing:
    """A port whose every call is a step of the process that makes it."""

    def __init__(self, inner: object, port: str, steps: Steps, hub: Hub) -> None:
        self._inner, self._port, self._steps, self._hub = inner, port, steps, hub

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call, steps, hub, port = getattr(self._inner, name), self._steps, self._hub, self._port
        writes = not is_read(name)
        steps.passed.add(name)

        def cross(*args: Any, **kwargs: Any) -> Any:
            steps.count += 1
            if writes:
                hub.current.writes += 1  # type: ignore[union-attr]  # a step is always a process's
            if steps.count == steps.next:
                return steps.stumble(port, name, partial(call, *args, **kwargs))
            return call(*args, **kwargs)

        setattr(self, name, cross)
        return cross
