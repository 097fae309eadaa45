"""What goes over the wire, in and out; the only pydantic there is."""
