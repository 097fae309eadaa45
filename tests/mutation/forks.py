"""Asks the tests about a change in a fork of a process that has collected them: none starts pytest again."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from itertools import zip_longest
from pathlib import Path
from typing import Final
from unittest.mock import patch

from _pytest.config import _prepareconfig
from _pytest.main import Session
from mutmut.configuration import config
from mutmut.runners.harness import PytestRunner
from mutmut.utils.file_utils import change_cwd
from mutmut.workers import isolation
from mutmut.workers.isolation import ForkRunner, run_in_fork

# Where pytest writes for as long as it lives.
_NOWHERE: Final = Path(os.devnull).open("w")  # noqa: SIM115
_SUSPICIOUS: Final = 35  # which is not "noticed"


class Collected(PytestRunner):
    """Its own process runs none of them: one that broke off would break each in every fork after it."""

    session: Session | None = None

    def collect(self) -> None:
        with _unheard():
            self.session = self.session or _collected()

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:  # noqa: ARG002
        with _unheard():
            try:
                assert self.session
                return _asked(self.session, [*tests])
            except BaseException:  # noqa: BLE001 - a fork must not come back as its parent
                return _SUSPICIOUS


class Forks(ForkRunner):
    def run_clean_tests(self, tests: Iterable[str]) -> int:
        return self._in_fork(tests)

    def run_forced_fail(self) -> int:
        return self._in_fork(())

    def startup(self) -> None:
        """Whether a fork fails without any change is seen last, where the next one is the first change's."""
        if self._in_fork(()):
            raise SystemExit("The tests fail in a fork that changes nothing.")
        super().startup()

    def _in_fork(self, tests: Iterable[str]) -> int:
        assert isinstance(self.test_runner, Collected)
        self.test_runner.collect()
        return run_in_fork(self.test_runner.run_tests, mutant_name=None, tests=tests)

    def submit(self, mutant_name: str, tests: list[str], cpu_time_limit: int, estimated_time: float) -> None:
        # Mutmut's clock goes on when a fork has ended, and would signal whoever has its number by then. The
        # limit of the processor's time ends a loop, and pytest's own of the clock what waits for ever.
        with patch.object(isolation, "register_timeout", lambda **_: None):
            super().submit(mutant_name, tests, cpu_time_limit, estimated_time)


def forks(cores: int) -> Forks:
    return Forks(max_workers=cores, test_runner=Collected())


@contextmanager
def _unheard() -> Iterator[None]:
    with change_cwd("mutants"), redirect_stdout(_NOWHERE):
        yield


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
