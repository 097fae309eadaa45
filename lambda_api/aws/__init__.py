"""The few calls that the functions make to AWS: signed, sent again at a fault, and no SDK to load."""
