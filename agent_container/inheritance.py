"""Does once, in the process that all jobs are forked from, what each of them would do while a call waits.

None of it leaves a thread behind, so it may be forked. Where jobs are not forked this is not imported.
"""

from agent_container.config import settings_of_jobs
from agent_container.trust import trust

settings_of_jobs()
trust()
