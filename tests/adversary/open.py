"""Differences between gate and checker that nobody has settled yet: row and reading, and what the two say.

A difference is settled by the row of law: then the gate or the checker changes and the line goes. ``text`` lines are
believed to be gaps of the gate. Nothing may be added here only to turn a test green. Nothing is open.
"""

OPEN: dict[tuple[str, str], str] = {}
