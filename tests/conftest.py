"""What holds for all tests: no timing is judged where machines are shared; what is imported is no garbage."""

import gc

from hypothesis import HealthCheck, Phase, settings

settings.register_profile("shared", deadline=None)
# Thousands of runs, of which only is asked whether they fail, and the same each time.
settings.register_profile(
    "mutation",
    deadline=None,
    max_examples=5,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[*HealthCheck],  # which call a starved machine a failure
)
settings.load_profile("shared")

# A million objects that stay, looked through again and again, were a third of the time that all this takes.
gc.disable()


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()
