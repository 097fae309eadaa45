"""Requests as the description allows and forbids them, to the real app: python -m tests.fuzz.answers."""

import argparse
import logging
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import schemathesis
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as some
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.python import asgi
from schemathesis.specs.openapi import checks

from lambda_api.app.factory import create_app
from lambda_api.escalations import hooks
from lambda_api.escalations.models import HumanAgent, Reason
from lambda_api.escalations.opening import Request, open_escalation
from tests.unit.lambda_api.http.surroundings import ADMIN, Surroundings

MODES: Final = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
_CHECKS: Final = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
APP: Final[Any] = create_app()


@dataclass(slots=True)
class Answers:
    asked: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Answers") -> None:
        self.asked += other.asked
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
    """As many cases as there are, at most so many; half of them about things that exist."""
    answers = Answers()
    if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
        return answers  # any text is a path, so there is nothing about the request that could be forbidden

    @seed(start)
    @settings(max_examples=cases, deadline=None, database=None, suppress_health_check=[*HealthCheck])
    @given(case=operation.as_strategy(generation_mode=mode), known=some.booleans())
    def put(case: Case[Any], known: bool) -> None:
        things = _world()
        if known:
            case.path_parameters = {
                name: things.get(name, given) for name, given in case.path_parameters.items()
            }
        _judge(case, client, answers)

    with asgi.get_client(APP) as client:
        put()
    return answers


def _judge(case: Case[Any], client: Any, answers: Answers) -> None:
    answers.asked += 1
    try:
        answer = case.call(session=client, headers=ADMIN)
        answers.statuses[answer.status_code] += 1
        case.validate_response(answer, checks=_CHECKS)
    except FailureGroup as group:
        answers.wrong.append(f"{case.as_curl_command()}\n  {[str(one) for one in group.exceptions]}")
    except Exception as error:  # noqa: BLE001 - the client lets through what the app answers by 500
        answers.wrong.append(f"{case.as_curl_command()}\n  {error!r}")


def _world() -> dict[str, str]:
    """A new one, with one of each thing; the names that paths have for them."""
    around = Surroundings()
    ports, store = around.world.ports, around.world.store
    APP.state.wiring = around.wiring
    store.put_person(HumanAgent(id="maria", name="Maria", phone="+15005550101"))
    hooks.put(ports, "crm", url="https://crm.example/")
    call = Request(room="r", caller_identity="caller-1", reason=Reason.OTHER)
    row = open_escalation(ports, call, key_name="admin", idempotency_key="k").escalation
    code = around.world.code(row)
    return {
        "escalation_id": row.id,
        "code": code,
        "human_agent_id": "maria",
        "room": "r",
        "webhook_id": "crm",
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.answers", description=__doc__)
    parser.add_argument("--cases", type=int, default=300, help="of each operation, allowed and forbidden")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--only", default="", help="of paths with this in them")
    asked, total = parser.parse_args(), Answers()
    logging.disable(logging.CRITICAL)
    print(f"seed {asked.seed}: {asked.cases} cases of each operation in {len(MODES)} modes", flush=True)
    for operation in operations(APP.openapi()):
        for mode in MODES if asked.only in operation.label else ():
            total.add(ask(operation, mode, cases=asked.cases, start=asked.seed))
        print(f"{total.asked:,} asked after {operation.label}, {len(total.wrong)} wrong", flush=True)
    print(*(f"  {status}: {times:,}" for status, times in sorted(total.statuses.items())), sep="\n")
    print(*total.wrong[:20], sep="\n")
    return bool(total.wrong)


if __name__ == "__main__":
    raise SystemExit(main())
