"""From which day on a document is late: its due day, rolled to a workday and with days of grace, where a site says so.

Default: no roll, no grace. Due today is not overdue; tomorrow it is. With terms, the *late-after day* of a document is its
due day (its invoice day where it has none), moved to the next workday when the terms roll and it is none (民法典 203), plus
the days of grace. Everything that says "overdue" counts from the late-after day: ageing by due date, overdue amounts,
statements, the opening of cases and the worklist. What is owed does not move: charges and limitation count from the
contract's own due day, because a site's patience is no change of the contract.

Terms are versions. The newest version that had begun on the day of a report holds for the whole report; a creditor's own
version comes before the site's, until a version that follows the site ends it. The roll keeps the calendar that was
published when the version was set, so that an earlier report comes back byte for byte after a new calendar arrives.

Refuses: negative grace, more than a year of it, a version that begins in the future, no reason.
Source: 民法典 201, 203; docs/asks.md, ask 3. The database counts the same way (``selectors.overdue_terms``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jieqing.kernel.dates import HOLIDAY_YEARS, roll_forward
from jieqing.kernel.outcomes import ProblemKind

GRACE_DAYS_MAX = 366
CALENDAR_FROM = date(2004, 1, 1)
"""Day 1 of a kept calendar."""
_CALENDAR_YEARS_AHEAD = 10


@dataclass(frozen=True, slots=True)
class OverdueTerms:
    """``shifts`` says for each day from ``CALENDAR_FROM`` how many days later the next workday is; empty means no roll."""

    grace_days: int = 0
    shifts: Sequence[int] = ()

    @property
    def rolls(self) -> bool:
        return bool(self.shifts)

    @property
    def is_plain(self) -> bool:
        return not self.grace_days and not self.shifts


PLAIN = OverdueTerms()


def late_after(due_on: date, terms: OverdueTerms = PLAIN) -> date:
    """Return the last day on which a document that is due then is not overdue.

    Example:
        >>> late_after(date(2026, 10, 1), OverdueTerms(2, calendar_shifts())).isoformat()  # the holiday ends on the 7th
        '2026-10-10'
    """
    place = (due_on - CALENDAR_FROM).days
    shift = terms.shifts[place] if 0 <= place < len(terms.shifts) else 0
    return due_on + timedelta(days=shift + terms.grace_days)


def calendar_shifts() -> list[int]:
    """The calendar as published now; years that are not published go by Saturday and Sunday."""
    last = date(HOLIDAY_YEARS.stop - 1 + _CALENDAR_YEARS_AHEAD, 12, 31)
    days = (CALENDAR_FROM + timedelta(days=at) for at in range((last - CALENDAR_FROM).days + 1))
    return [(roll_forward(day).day - day).days for day in days]


GRACE_OUT_OF_BOUNDS = ProblemKind(
    "overdue_terms.grace_out_of_bounds",
    "宽限期须为 0 到 {most} 天的整数，这里是 {days}。",
    "Days of grace are a whole number from 0 to {most}; {days} was given.",
    "请填写合同或惯例约定的天数；没有宽限就写 0。",
    "Give the days that the contract or custom allows; write 0 for none.",
)
BEGINS_IN_FUTURE = ProblemKind(
    "overdue_terms.begins_in_future",
    "逾期口径不能从将来的日期（{day}）开始。",
    "Terms of overdue cannot begin on a day to come ({day}).",
    "请选择今天或更早的日期；到那一天再设定将来的口径。",
    "Choose today or an earlier day; set future terms when their day has come.",
)
REASON_MISSING = ProblemKind(
    "overdue_terms.reason_missing",
    "设定逾期口径需要写明依据。",
    "Terms of overdue need a reason.",
    "请写明合同条款或内部决定。",
    "Name the clause of the contract or the decision.",
)
CREDITOR_UNKNOWN = ProblemKind(
    "overdue_terms.creditor_unknown",
    "台账里没有这位债权人的单据。",
    "The ledger has no document of this creditor.",
    "请从台账已有的债权人里选择，或设为全站。",
    "Choose a creditor of the ledger, or set the terms for the whole site.",
)
NOTHING_TO_FOLLOW = ProblemKind(
    "overdue_terms.nothing_to_follow",
    "“随全站”只能用于某一位债权人。",
    "“As the site” is for one creditor only.",
    "请选择债权人，或写明宽限天数。",
    "Choose a creditor, or give the days of grace.",
)
