"""Least privilege: what the functions asked of AWS, against what their roles allow."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from infra.unseen import DOORS, UNSEEN
from local.stack.places import ACTIONS_LOG, ROOT
from local.stack.stack_file import StackFile
from tests.infra.templates import Stage, synthesize

_WITHIN_S = 240
_PERSON = {"name": "Ada", "email": "ada@example.com", "phone": "+15005550109", "tier": 9}


@pytest.fixture(scope="module")
def asked(stack: StackFile, api: httpx.Client) -> dict[str, set[str]]:
    """By door, since the stack came up: a whole handoff at least, and a person who comes and goes."""
    assert stack.api_url
    api.put("/v1/human-agents/ada", json=_PERSON).raise_for_status()
    api.post("/v1/human-agents/ada/test").raise_for_status()
    api.delete("/v1/human-agents/ada").raise_for_status()
    if "webhooks dynamodb:DeleteItem" not in ACTIONS_LOG.read_text():
        subprocess.run([sys.executable, "-m", "local.rehearsal"], cwd=ROOT, timeout=_WITHIN_S, check=False)
    pairs = [line.split() for line in ACTIONS_LOG.read_text().splitlines()]
    return {door: {action for who, action in pairs if who == door} for door, _ in pairs}


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return synthesize("laptop", tmp_path_factory.mktemp("laptop"))


def allowed(laptop: Stage, door: str) -> set[str]:
    return set(laptop.allowed(f"Api{door.capitalize()}DoorRole"))


@pytest.mark.parametrize("door", DOORS)
def test_a_function_asks_for_nothing_that_its_role_lacks(
    asked: dict[str, set[str]], laptop: Stage, door: str
) -> None:
    assert asked[door]
    assert asked[door] - allowed(laptop, door) == set()


@pytest.mark.parametrize("door", DOORS)
def test_a_role_allows_nothing_unseen_but_what_is_explained(
    asked: dict[str, set[str]], laptop: Stage, door: str
) -> None:
    explained = {action for each in UNSEEN if door in each.doors for action in each.actions}

    assert allowed(laptop, door) - asked[door] - explained == set()


def test_no_explanation_is_stale(laptop: Stage) -> None:
    listed = {(door, action) for each in UNSEEN for door in each.doors for action in each.actions}

    assert {pair for pair in listed if pair[1] not in allowed(laptop, pair[0])} == set()


def test_the_log_is_of_this_stack(asked: dict[str, set[str]]) -> None:
    assert set(asked) == set(DOORS)
    assert Path(ACTIONS_LOG).stat().st_mode & 0o077 == 0
