"""Reads of the compliance officer's room."""

from jieqing.recovery.assurance.selectors.reviews import (
    adopted_touching,
    changes_of,
    first_changes_of,
    reviews,
    waiting_for_second,
)
from jieqing.recovery.assurance.selectors.rules import deciding, rows_in_force, rule_row
from jieqing.recovery.assurance.selectors.years import Year, weeks_of, year_of, year_until

__all__ = [
    "Year",
    "adopted_touching",
    "changes_of",
    "deciding",
    "first_changes_of",
    "reviews",
    "rows_in_force",
    "rule_row",
    "waiting_for_second",
    "weeks_of",
    "year_of",
    "year_until",
]
