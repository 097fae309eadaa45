"""Brings what the laptop needs and keeps what is slow to get in the cache, keyed by version or lock."""
