"""The security page names tests, and each of them is there."""

from __future__ import annotations

import re

from infra.config import ROOT

_PAGE = (ROOT / "docs" / "security.md").read_text()
_NAMED = re.compile(r"`([a-z_/]+/test_[a-z_]+\.py)(?:::(test_\w+))?`")


def test_every_test_that_the_security_page_names_is_there() -> None:
    named = _NAMED.findall(_PAGE)
    missing = [(path, name) for path, name in named if not _is_there(path, name)]

    assert len(named) > 40
    assert missing == []


def test_every_rule_that_is_acknowledged_is_explained_there() -> None:
    acknowledged = {
        found
        for path in (ROOT / "infra").glob("*.py")
        for found in re.findall(r'id="\w+::\w+-([A-Za-z0-9]+)', path.read_text())
    }
    told = _PAGE[_PAGE.index("## What the rule packs are told") :]

    # Of a switch that no stage has off.
    assert {rule for rule in acknowledged if rule not in told} <= {"LambdaTracing"}


def _is_there(path: str, name: str) -> bool:
    file = ROOT / "tests" / path
    return file.is_file() and (not name or f"def {name}(" in file.read_text())
