"""Offline speech and language: the wire protocols of Deepgram and OpenAI on a loopback port."""
