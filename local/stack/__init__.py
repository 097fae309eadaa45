"""Starts, watches and ends the whole laptop stack.

`python -m local up` keeps it up in the foreground; `local.stack.running.running()` gives a program the
running stack (it starts one when none is up). `.local/stack.json` says where everything is.
"""
