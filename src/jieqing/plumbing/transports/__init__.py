"""Ways out of the machine to people. Only ``trust.notices`` and ``recovery.outreach`` may import these (contract)."""
