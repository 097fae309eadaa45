"""The worker: a voice AI that answers the caller, calls in a human and then leaves."""
