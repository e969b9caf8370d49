"""Reads of the compliance officer's room."""

from jieqing.recovery.assurance.selectors.rules import deciding, rows_in_force, rule_row
from jieqing.recovery.assurance.selectors.years import Year, weeks_of, year_of, year_until

__all__ = ["Year", "deciding", "rows_in_force", "rule_row", "weeks_of", "year_of", "year_until"]
