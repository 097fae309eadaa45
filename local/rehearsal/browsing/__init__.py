"""A person's browser: this machine's own Chromium at our own pages, with a voice and an ear."""
