"""The rehearsal: a caller and a human agent, each its own process, play a whole handoff and measure it."""
