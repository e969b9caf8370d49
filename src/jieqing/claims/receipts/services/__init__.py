"""Verbs of money seen: enter a bank file, match its lines, undo, switch the rule."""

from jieqing.claims.receipts.services.entering import EnteredFile, EnteredStatement, enter_file
from jieqing.claims.receipts.services.matching import (
    approve,
    approve_certain,
    mark,
    reject,
    switch_rule,
    unmatch,
)

__all__ = [
    "EnteredFile",
    "EnteredStatement",
    "approve",
    "approve_certain",
    "enter_file",
    "mark",
    "reject",
    "switch_rule",
    "unmatch",
]
