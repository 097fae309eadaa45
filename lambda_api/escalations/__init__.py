"""The domain: what an escalation is and how it changes, with the standard library only."""
