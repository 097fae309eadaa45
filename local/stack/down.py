"""Ends the stack of this clone, wherever it was started, and whatever a crash has left of it."""

from local.stack import ledger
from local.stack.places import LEDGER_FILE, STACK_FILE
from local.stack.progress import say
from local.stack.up import UP


def down() -> None:
    left = ledger.recorded(LEDGER_FILE)
    owners = [entry for entry in left if entry.name == UP]
    # The owner ends its children in order; only without one is each ended by itself.
    ledger.end(owners, patience=15.0)
    ledger.end([entry for entry in left if entry.alive()])
    for file in (STACK_FILE, LEDGER_FILE):
        file.unlink(missing_ok=True)
    say("The stack is down." if left else "Nothing of the stack was up.")
