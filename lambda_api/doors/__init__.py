"""The doors that AWS Lambda knocks at."""

import gc

# A start makes over a hundred thousand objects that stay: searching them for rubbish took a twentieth of it.
gc.set_threshold(200_000)
