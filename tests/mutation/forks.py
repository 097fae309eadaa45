"""Asks the tests about a change in a fork of a process that has collected them: none starts pytest again."""

import os
from collections.abc import Iterable
from contextlib import redirect_stdout
from itertools import zip_longest
from pathlib import Path
from typing import Final

from _pytest.config import _prepareconfig
from _pytest.main import Session
from mutmut.configuration import config
from mutmut.runners.harness import PytestRunner
from mutmut.utils.file_utils import change_cwd
from mutmut.workers.isolation import ForkRunner

_PATIENCE_S: Final = 300  # of the clock, which says little on a shared machine; the processor's time decides


class Collected(PytestRunner):
    session: Session | None = None

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:  # noqa: ARG002
        # Pytest writes for as long as it lives to what it finds at its start.
        with change_cwd("mutants"), redirect_stdout(Path(os.devnull).open("w")):
            self.session = self.session or _collected()
            try:
                return _asked(self.session, [*tests])
            except BaseException:  # noqa: BLE001 - a fork must not come back as its parent
                return 3


class Forks(ForkRunner):
    def submit(self, mutant_name: str, tests: list[str], cpu_time_limit: int, estimated_time: float) -> None:
        super().submit(mutant_name, tests, cpu_time_limit, estimated_time + _PATIENCE_S)


def forks(cores: int) -> Forks:
    return Forks(max_workers=cores, test_runner=Collected())


def _collected() -> Session:
    """As pytest.main does it, without the end."""
    asked = config()
    argv = ["--rootdir=.", "--tb=native", "-q", "--capture=no", *asked.pytest_add_cli_args]
    settings = _prepareconfig([*argv, *asked.pytest_add_cli_args_test_selection])
    settings._do_configure()
    session = Session.from_config(settings)
    settings.hook.pytest_sessionstart(session=session)
    settings.hook.pytest_collection(session=session)
    return session


def _asked(session: Session, names: list[str]) -> int:
    """One test after the other, in this order; the first that fails has noticed."""
    known = {item.nodeid: item for item in session.items}
    items, session.testsfailed = [known[name] for name in names or known], 0
    for item, then in zip_longest(items, items[1:]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=then)
        if session.testsfailed:
            return 1
    return 0
