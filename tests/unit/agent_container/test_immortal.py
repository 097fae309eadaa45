"""In a process of its own: what has become immortal stays so for as long as the process lives."""

import json
import subprocess
import sys
from functools import cache
from itertools import chain
from pathlib import Path
from shutil import which
from typing import Any, Final

import pytest

from local.stack.places import ROOT

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/smaps_rollup").exists(), reason="nobody tells here what a process holds alone"
)
_READ_IN_A_FORK: Final = """
import gc, json, os, sys

def private_kib():
    lines = open("/proc/self/smaps_rollup").read().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("Private_Dirty")))

class Thing:
    def __init__(self, number):
        self.name = [str(number)]

    def half(self):
        return 1.5

things = [Thing(number) for number in range(50_000)]
if sys.argv[1:] == ["immortal"]:
    import agent_container.immortal
gc.collect()
gc.freeze()
ours, theirs = os.pipe()
if os.fork():
    os.close(theirs)
else:
    before = private_kib()
    held = [(thing, thing.name, thing.name[0], Thing) for thing in things[::40]]
    grown = private_kib() - before
    del held, things
    gc.collect()
    os.write(theirs, json.dumps({"grown": grown, "names": Thing(7).name}).encode())
    os._exit(0)
found = json.loads(os.read(ours, 1000))
_, status = os.wait()
counted = [sys.getrefcount(one) < 1_000_000 for one in (things, Thing, Thing(1).half())]
print(json.dumps({**found, "status": status, "counted": counted}))
"""


@cache
def _python() -> str:
    """One that knows immortal objects, if need be another one on this machine."""
    named = (which(f"python3.{minor}") for minor in (14, 13, 12))
    kept = sorted(map(str, Path.home().glob(".pyenv/versions/3.1[234].*[0-9]/bin/python3")), reverse=True)
    for candidate in filter(None, chain([sys.executable], named, kept)):
        asked = [candidate, "-c", "import sys; raise SystemExit(sys.version_info < (3, 12))"]
        if subprocess.run(asked, capture_output=True, check=False).returncode == 0:
            return candidate
    pytest.skip("no Python here knows immortal objects")


def _forked(python: str, *words: str) -> dict[str, Any]:
    alone = [python, "-c", _READ_IN_A_FORK, *words]
    said = subprocess.run(alone, capture_output=True, text=True, check=True, cwd=ROOT, timeout=60)
    assert said.stderr == ""
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def test_who_uses_what_was_inherited_copies_no_page_of_it() -> None:
    plain, immortal = _forked(_python()), _forked(_python(), "immortal")

    assert plain["grown"] > 1000
    assert immortal["grown"] < plain["grown"] / 5


def test_what_is_immortal_can_be_let_go_of_and_made_anew() -> None:
    found = _forked(_python(), "immortal")

    assert (found["names"], found["status"]) == (["7"], 0)
    assert found["counted"] == [False, False, False]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python knows immortal objects")
def test_where_python_counts_everything_nothing_is_touched() -> None:
    found = _forked(sys.executable, "immortal")

    assert found["counted"] == [True, True, True]
    assert found["status"] == 0
