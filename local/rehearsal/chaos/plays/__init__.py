"""The plays: each a handoff, and what is broken while it goes on."""
