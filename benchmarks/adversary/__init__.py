"""An adversary for the gate: small worlds whose facts change over time, and contacts crowded around every change.

Written from the law alone. The gate is asked through its public face; what it lets through is written to a log as an
adapter would, and a checker that shares no code with it reads that log (``packages/jieqing-sendlog``).
"""
