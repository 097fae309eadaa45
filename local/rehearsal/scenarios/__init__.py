"""Scenarios: what becomes of a call when people and machines do not behave, each with real media.

A play (`plays/`) is a few lines over verbs: a caller says, a human agent claims, an AI's process is killed.
`catalogue` names them, `run` plays them against the stack that is up, `table` tells what was measured.
"""
