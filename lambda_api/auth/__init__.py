"""Who is calling: named service keys, and LiveKit by its signature."""
