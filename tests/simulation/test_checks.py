"""The checks find what they are for: a world that is broken on purpose does not pass them."""

import logging
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from msgspec.structs import replace

from lambda_api.escalations import presence, publishing
from lambda_api.escalations.errors import ConflictError
from tests.simulation.livekit import LiveKit
from tests.simulation.runs import run
from tests.simulation.wires import Queue
from tests.unit.lambda_api.domain.fakes import MemoryStore

Break = Callable[[pytest.MonkeyPatch], None]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def nothing(*_: object, **__: object) -> None:
    return None


def never_a_conflict(patch: pytest.MonkeyPatch) -> None:
    """Whoever writes last wins."""
    commit = MemoryStore.commit

    def blind(store: MemoryStore, change: object) -> None:
        try:
            commit(store, change)  # type: ignore[arg-type]
        except ConflictError:
            known = store.rows.get(change.escalation.id)  # type: ignore[attr-defined]
            commit(store, replace(change, expected=known.version if known else None))  # type: ignore[type-var,arg-type]

    patch.setattr(MemoryStore, "commit", blind)


def nobody_looks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Queue, "look_later", nothing)
    patch.setattr(Queue, "sweep", nothing)


BROKEN: dict[str, Break] = {
    "I7": never_a_conflict,
    "I16": nobody_looks,
    "I2": lambda patch: patch.setattr(publishing, "publish", lambda _ports, row, _items: row),
    "I14": lambda patch: patch.setattr(LiveKit, "dispatch_agent", nothing),
    "I5": lambda patch: patch.setattr(LiveKit, "dismiss_agent", nothing),
    "I15": lambda patch: patch.setattr(presence, "_EFFECTS", dict.fromkeys(presence._EFFECTS, nothing)),
}


@pytest.mark.parametrize("invariant", BROKEN)
def test_a_broken_world_is_found(invariant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    BROKEN[invariant](monkeypatch)

    found = [line for lines in run(count(1), escalations=600).found.values() for line in lines]

    assert [line for line in found if line.startswith(invariant)]
