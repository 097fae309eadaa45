"""The language model's stand-in: small trained classifiers that decide, and canned words that answer."""
