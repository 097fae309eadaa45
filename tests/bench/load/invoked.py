"""`python -m tests.bench.load.invoked MODULE`: its `handler`, an event a line in, a status a line out."""

import importlib
import json
import os
import sys


def main(module: str) -> None:
    # What it logs goes where a function's log would, and is not mistaken for an answer.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    handler = importlib.import_module(module).handler
    for line in sys.stdin:
        answers.write(f"{handler(json.loads(line), None)['statusCode']}\n")


if __name__ == "__main__":
    main(sys.argv[1])
