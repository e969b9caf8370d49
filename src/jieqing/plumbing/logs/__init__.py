"""Log lines: one JSON object each, tied to the request that caused them, and without a word about any person."""
