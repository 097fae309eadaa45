"""What is done before jobs are forked may be forked, and spares them doing it."""

import json
import subprocess
import sys
from typing import Final

from local.stack.places import ROOT

# A thread would be missing in the fork, and with it whoever would have let go of a lock.
_LOOKED_AT: Final = """
import json, psutil
import agent_container.main
from openai.types.chat import ChatCompletionChunk
before = psutil.Process().num_threads(), ChatCompletionChunk.__pydantic_complete__
import agent_container.inheritance
after = psutil.Process().num_threads(), ChatCompletionChunk.__pydantic_complete__
print(json.dumps([before, after]))
"""


def test_what_jobs_inherit_is_ready_and_leaves_no_thread_behind() -> None:
    alone = subprocess.run(
        [sys.executable, "-c", _LOOKED_AT], capture_output=True, text=True, check=True, cwd=ROOT
    )

    (threads_before, ready_before), (threads_after, ready_after) = json.loads(alone.stdout)
    assert threads_after == threads_before
    assert (ready_before, ready_after) == (False, True)
