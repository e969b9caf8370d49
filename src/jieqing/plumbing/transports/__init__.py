"""Ways out of the machine to people. Only ``trust.notices`` and ``recovery.channels`` may import these (contract)."""
