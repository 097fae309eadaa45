"""The laptop: every part of LiveKit Handoff on one machine, on loopback only."""
