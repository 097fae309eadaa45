"""What holds for all tests: timings are measured in benchmarks, never judged where machines are shared."""

from hypothesis import settings

settings.register_profile("shared", deadline=None)
settings.register_profile("mutation", deadline=None, max_examples=5)  # thousands of runs
settings.load_profile("shared")
