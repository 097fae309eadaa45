"""Requests as the description allows and forbids them, to app and doors: python -m tests.fuzz.answers."""

import argparse
import logging
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from unittest.mock import patch

import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as some
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.python import asgi
from schemathesis.specs.openapi import checks

from lambda_api.doors import api, webhooks
from tests.fuzz import world
from tests.fuzz.gateway import Gateway
from tests.unit.lambda_api.http.surroundings import ADMIN

MODES: Final = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
_CHECKS: Final = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
APP: Final[Any] = api.APP
WAYS: Final[dict[str, Any]] = {
    "to the app": APP,
    "through the gateway, as text": Gateway(packed=False),
    "through the gateway, in base64": Gateway(packed=True),
}


@dataclass(slots=True)
class Answers:
    statuses: Counter[int] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return self.ways.total()

    def add(self, other: "Answers") -> None:
        self.ways += other.ways
        self.statuses += other.statuses
        self.wrong += other.wrong


def operations(description: dict[str, Any]) -> Iterator[APIOperation[Any, Any, Any, Any]]:
    load_all_checks()
    schema = schemathesis.openapi.from_dict(description)
    schema.app = APP
    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        yield result.ok()


def ask(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, *, cases: int, start: int
) -> Answers:
    """As many cases as there are, at most so many; half of them about things that exist, by who may."""
    answers = Answers()
    if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
        return answers  # any text is a path, so there is nothing about the request that could be forbidden

    @seed(start)
    @settings(max_examples=cases, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(
        case=operation.as_strategy(generation_mode=mode),
        known=some.booleans(),
        step=some.sampled_from(world.STEPS),
        way=some.sampled_from([*WAYS]),
    )
    def put(case: Case[Any], known: bool, step: str, way: str) -> None:
        around, things = world.new(step)
        APP.state.wiring = around.wiring
        if known:
            names = case.path_parameters
            case.path_parameters = {name: things.paths.get(name, given) for name, given in names.items()}
            case.cookies = {**case.cookies, **things.cookies}
        answers.ways[way] += 1
        _judge(case, clients[way], answers)

    with _clients() as clients:
        put()
    return answers


@contextmanager
def _clients() -> Iterator[dict[str, Any]]:
    before = APP.state.wiring
    with ExitStack() as stack:
        stack.enter_context(patch.object(webhooks, "wiring", lambda: APP.state.wiring()))
        yield {name: stack.enter_context(asgi.get_client(way)) for name, way in WAYS.items()}
    APP.state.wiring = before


def _judge(case: Case[Any], client: Any, answers: Answers) -> None:
    try:
        answer = case.call(session=client, headers=ADMIN)
        answers.statuses[answer.status_code] += 1
        case.validate_response(answer, checks=_CHECKS)
    except FailureGroup as group:
        answers.wrong.append(f"{case.as_curl_command()}\n  {[str(one) for one in group.exceptions]}")
    except Exception as error:  # noqa: BLE001 - the client lets through what the app answers by 500
        answers.wrong.append(f"{case.as_curl_command()}\n  {error!r}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.answers", description=__doc__)
    parser.add_argument("--cases", type=int, default=345, help="of each operation, allowed and forbidden")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--only", default="", help="of paths with this in them")
    asked, total = parser.parse_args(), Answers()
    logging.disable(logging.CRITICAL)
    print(f"seed {asked.seed}: {asked.cases} cases of each operation in {len(MODES)} modes", flush=True)
    for operation in operations(APP.openapi()):
        for mode in MODES if asked.only in operation.label else ():
            total.add(ask(operation, mode, cases=asked.cases, start=asked.seed))
        print(f"{total.asked:,} asked after {operation.label}, {len(total.wrong)} wrong", flush=True)
    print(*(f"  {times:,} {way}" for way, times in total.ways.items()), sep="\n")
    print(*(f"  {status}: {times:,}" for status, times in sorted(total.statuses.items())), sep="\n")
    print(*total.wrong[:20], sep="\n")
    return bool(total.wrong)


if __name__ == "__main__":
    raise SystemExit(main())
