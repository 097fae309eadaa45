"""The doors that AWS Lambda knocks at."""

import gc

# A start makes a hundred thousand objects that stay: to look among them for rubbish took a twentieth of it.
gc.set_threshold(100_000)
