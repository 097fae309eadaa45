"""The HTTP surface: each module is one resource, and none holds a rule of the domain."""
