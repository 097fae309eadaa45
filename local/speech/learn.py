"""Learns the training sentences ahead of the first start: python -m local.speech.learn."""

import logging
import time

from local.speech.stand_in import corpus
from local.speech.stand_in.understanding import Understanding

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    began = time.monotonic()
    Understanding.best_possible(corpus.load())
    print(f"The language stand-in has learned its sentences ({time.monotonic() - began:.0f} s).")
