"""What the API is told by its environment: settings, secrets and how to log."""
