"""The app: routes, errors, limits and documentation put together."""
