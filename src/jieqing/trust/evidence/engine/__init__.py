"""The pure part of the evidence log: trees, notes, entries, commitments, bundles. No Django, no I/O, no clock."""
