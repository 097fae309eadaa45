"""What is done before jobs are forked may be forked."""

import subprocess
import sys
from typing import Final

from local.stack.places import ROOT

# A thread would be missing in the fork, and with it whoever would have let go of a lock.
_THREADS_MORE: Final = """
import psutil
import agent_container.main
before = psutil.Process().num_threads()
import agent_container.inheritance
print(psutil.Process().num_threads() - before)
"""


def test_what_jobs_inherit_leaves_no_thread_behind() -> None:
    alone = subprocess.run(
        [sys.executable, "-c", _THREADS_MORE], capture_output=True, text=True, check=True, cwd=ROOT
    )

    assert alone.stdout.split() == ["0"]
