"""The Dockerfile carried out without Docker: every step in a clean root, up to the health check."""
