"""The laptop's stack is dev's, but for the listed differences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase

from infra.laptop import DIFFERENCES, Difference
from tests.infra.templates import Json, Stage, plain_name


def test_the_laptop_differs_from_dev_only_where_the_list_says_so(laptop: Stage, dev: Stage) -> None:
    unlisted = [where for where in _differences(laptop, dev) if not _listed(where)]

    assert unlisted == []


def test_the_list_names_no_difference_that_is_gone(laptop: Stage, dev: Stage) -> None:
    found = list(_differences(laptop, dev))
    stale = [d.where for d in DIFFERENCES if not any(_covers(d, where) for where in found)]

    assert stale == []


def _listed(where: str) -> bool:
    return any(_covers(difference, where) for difference in DIFFERENCES)


def _covers(difference: Difference, where: str) -> bool:
    return fnmatchcase(where, difference.where) or fnmatchcase(where, f"{difference.where}/*")


def _differences(laptop: Stage, dev: Stage) -> Iterator[str]:
    here, there = _flat(laptop), _flat(dev)
    for where in sorted({*here, *there}):
        if here.get(where) != there.get(where):
            yield where


def _flat(stage: Stage) -> dict[str, Json]:
    """Every leaf of the template, under type/name/property, without stage names and hashes."""
    flat: dict[str, Json] = {}
    for id_, resource in stage.template["Resources"].items():
        root = f"{resource['Type']}/{_neutral(id_, stage)}"
        body = {k: v for k, v in resource.items() if k not in {"Type", "Metadata"}}
        assert root not in flat, f"two are called {root}"
        flat[root] = True
        flat.update(_leaves(body, root, stage))
    flat.update(_leaves(stage.template["Outputs"], "Output", stage))
    return flat


def _leaves(value: Json, where: str, stage: Stage) -> Iterator[tuple[str, Json]]:
    parts = _parts(value, of=where.rpartition("/")[2])
    if parts is None:
        yield where, _neutral(json.dumps(value), stage)
        return
    for name, part in parts:
        yield from _leaves(part, f"{where}/{name}", stage)


def _parts(value: Json, *, of: str) -> list[tuple[str, Json]] | None:
    if isinstance(value, dict):
        return list(value.items())
    if not isinstance(value, list):
        return None
    if of == "Resource":
        # Nor does it matter in which order a policy names what it is for.
        return [(plain_name(json.dumps(item)), True) for item in value]
    # A container's variables are a list of pairs: where one is missing, the others must not shift.
    return [(item["Name"] if _is_pair(item) else str(index), item) for index, item in enumerate(value)]


def _is_pair(item: Json) -> bool:
    return isinstance(item, dict) and "Name" in item and len(item) == 2


def _neutral(text: str, stage: Stage) -> str:
    return (
        plain_name(text)
        .replace(f"Handoff-{stage.name}", "Handoff")
        .replace(f"Handoff{stage.name}", "Handoff")
    )
