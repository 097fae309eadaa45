"""What every door does before its first event: logs, and a look at what it was given."""

import gc
import os
from typing import Final

from lambda_api.aws.session import session
from lambda_api.config.actions import ActionsLog
from lambda_api.config.logs import configure_logging
from lambda_api.config.settings import read_settings
from lambda_api.dependencies import wiring

_OF_REQUESTS: Final = 10_000


def start(door: str) -> None:
    settings = read_settings(os.environ)
    configure_logging(deployed=settings.deployed)
    if settings.actions_log:
        session().heard.append(ActionsLog(settings.actions_log, door=door).note)
    if settings.deployed:
        # Lambda's start has more processor than its first event.
        wiring()
    # What is here now stays: no later search has to go through it, and need not be put off so long.
    gc.freeze()
    gc.set_threshold(_OF_REQUESTS)
