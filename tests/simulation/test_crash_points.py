"""Every step of every handler, once for each thing that may go wrong at it."""

import logging
import os
from collections.abc import Iterator
from itertools import count
from random import Random
from typing import Any

import pytest

from tests.simulation.faults import Fault, kinds
from tests.simulation.runs import judged, with_fault
from tests.simulation.scenarios import SCENARIOS
from tests.simulation.script import Script
from tests.simulation.universe import Universe

# The long run tries all of them; in the daily one the process dies before each of its steps.
FAULTS = tuple(Fault) if os.environ.get("HANDOFF_ALL_FAULTS") else (Fault.DIES_BEFORE,)

NO_FAULT: Any = "known to no step, so that each is asked and none goes wrong"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("name", SCENARIOS)
def test_whatever_goes_wrong_at_any_step_the_promises_hold(name: str) -> None:
    script, broken = SCENARIOS[name], []
    undisturbed = with_fault(script, step=0, fault=Fault.DIES_BEFORE)
    assert judged(undisturbed) == []

    for step in range(1, undisturbed.steps.count + 1):
        for fault in FAULTS:
            broken += [(step, fault, *found) for found in [_found(script, step, fault)] if found]

    assert not broken


def test_every_port_is_passed_through() -> None:
    passed: set[str] = set()
    for script in SCENARIOS.values():
        one = Universe(script, rng=Random(1), steps=count(1), fault=NO_FAULT)
        one.run()
        passed |= one.steps.asked

    assert passed >= {
        "commit",
        "outbox",
        "lease",
        "take_chain",
        "take_dispatch",
        "sms",
        "post",
        "participants",
    }
    assert passed >= {"nudge", "remove", "dismiss_agent", "dispatch_agent", "look_later", "press", "add_seat"}
    assert passed >= {"watch_room", "missed_rooms", "unwatch_room"}
    assert all(kinds(step) for step in passed)


def _found(script: Script, step: int, fault: Fault) -> list[str]:
    one = with_fault(script, step=step, fault=fault)
    found = judged(one)
    one.forget()
    return found
