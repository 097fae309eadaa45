"""Loads the ears' model in the process that all jobs are forked from, which then share its 19 MB.

It has no thread before it is first used, so it may be forked. Where jobs are not forked each loads its own.
"""

from agent_container.speech import load_vad

load_vad()
