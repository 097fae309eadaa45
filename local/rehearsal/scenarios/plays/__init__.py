"""The plays, one for each thing that can happen to a call."""
