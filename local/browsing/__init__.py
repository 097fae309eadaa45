"""A person's browser: this machine's own Chromium, at our own pages."""
