"""Reads of intake."""

from jieqing.recovery.intake.selectors.checks import (
    Standing,
    answers_of,
    check_for,
    consultation_of,
    newest_checks,
    standing_of,
)
from jieqing.recovery.intake.selectors.known import KnownDebt, intake_pack, known_debts
from jieqing.recovery.intake.selectors.listing import CheckFilter, checks_page, told_check

__all__ = [
    "CheckFilter",
    "KnownDebt",
    "Standing",
    "answers_of",
    "check_for",
    "checks_page",
    "consultation_of",
    "intake_pack",
    "known_debts",
    "newest_checks",
    "standing_of",
    "told_check",
]
