"""Reads of intake."""

from jieqing.recovery.intake.selectors.checks import (
    Standing,
    answers_of,
    check_for,
    newest_checks,
    standing_of,
)
from jieqing.recovery.intake.selectors.known import KnownDebt, intake_pack, known_debts

__all__ = [
    "KnownDebt",
    "Standing",
    "answers_of",
    "check_for",
    "intake_pack",
    "known_debts",
    "newest_checks",
    "standing_of",
]
