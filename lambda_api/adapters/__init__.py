"""The outside world, one module a vendor, each behind a port of the domain."""
