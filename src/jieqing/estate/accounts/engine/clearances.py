"""What a person may be cleared for, and when a clearance holds.

A clearance is a fact about a person on a site: they pledged, their background was checked, they passed the exam, they hold
a certificate level. The compliance gate asks for codes, never for rows; a missing or ended clearance denies.

Until ``people.*`` grants them from its own records, the site's operator attests them: with the document they saw (its
digest), a reason, and an end. A clearance always ends.
Source: DESIGN "Clearance rows"; GB/T 45251 (staff of collection); FACES "Gate facts" staff.clearances.
"""

from datetime import date, timedelta
from enum import StrEnum

from jieqing.kernel.outcomes import Problem

LONGEST = timedelta(days=3 * 366)


class ClearanceKind(StrEnum):
    """Values are the codes that facts of the gate carry: never rename one."""

    PLEDGE = "pledge"
    BACKGROUND = "background"
    EXAM = "exam"
    ANNUAL_TRAINING = "annual_training"
    LEVEL_BASIC = "level_basic"
    LEVEL_INTERMEDIATE = "level_intermediate"
    LEVEL_SENIOR = "level_senior"


CLEARANCE_NAMES: dict[ClearanceKind, tuple[str, str]] = {
    ClearanceKind.PLEDGE: ("合规承诺书", "Compliance pledge"),
    ClearanceKind.BACKGROUND: ("背景审查", "Background check"),
    ClearanceKind.EXAM: ("从业考试", "Practice exam"),
    ClearanceKind.ANNUAL_TRAINING: ("年度培训", "Yearly training"),
    ClearanceKind.LEVEL_BASIC: ("证书：初级", "Certificate: basic"),
    ClearanceKind.LEVEL_INTERMEDIATE: ("证书：中级", "Certificate: intermediate"),
    ClearanceKind.LEVEL_SENIOR: ("证书：高级", "Certificate: senior"),
}


def check_term(from_on: date, to_on: date, today: date) -> Problem | None:
    """None when a clearance may run from one day to the other, both included.

    Example:
        >>> check_term(date(2026, 1, 1), date(2026, 12, 31), date(2026, 11, 22)) is None
        True
        >>> check_term(date(2026, 1, 1), date(2025, 12, 31), date(2026, 11, 22)).code
        'clearance.term'
    """
    if from_on <= to_on and to_on >= today and to_on - from_on <= LONGEST:
        return None
    return Problem(
        code="clearance.term",
        zh="起止日期不成立。",
        en="These days make no term.",
        todo_zh="终止日不早于起始日和今天，且最长三年。",
        todo_en="The last day must not precede the first day or today; three years at most.",
    )


def clearance_name(kind: str, lang: str) -> str:
    return CLEARANCE_NAMES[ClearanceKind(kind)][0 if lang == "zh" else 1]
