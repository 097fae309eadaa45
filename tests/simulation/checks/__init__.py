"""What must hold in every history."""

from collections.abc import Iterator

from tests.simulation.checks import claims, company, duties, states
from tests.simulation.checks.facts import Facts


def violations(facts: Facts) -> Iterator[str]:
    for module in (claims, company, duties, states):
        for check in module.CHECKS:
            yield from check(facts)
