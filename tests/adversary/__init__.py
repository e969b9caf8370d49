"""The adversary's contacts against the shipped gate, checked from the log of what was sent."""
