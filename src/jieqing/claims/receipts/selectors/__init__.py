"""Reads of money seen: accounts and statements, lines with their state, suggestions made on the spot."""

from jieqing.claims.receipts.selectors.lines import (
    LineFilter,
    LineRow,
    LinesPage,
    Totals,
    lines_page,
    next_lines,
    totals,
    undecided_lines,
    with_matches,
)
from jieqing.claims.receipts.selectors.statements import accounts, live_rule, rule_history, statements
from jieqing.claims.receipts.selectors.suggestions import suggestion_key, suggestions_for
from jieqing.claims.receipts.selectors.telling import told_line

__all__ = [
    "LineFilter",
    "LineRow",
    "LinesPage",
    "Totals",
    "accounts",
    "lines_page",
    "live_rule",
    "next_lines",
    "rule_history",
    "statements",
    "suggestion_key",
    "suggestions_for",
    "told_line",
    "totals",
    "undecided_lines",
    "with_matches",
]
