"""Rent by calendar month: periods without gap or overlap, parts of a month without a lost fen, and what a due date brings.

A term [from, until) is cut at the first of each month. A part of a month costs the month's fee up to its last day minus the
month's fee up to its first, both rounded: whatever way a month is cut, its parts sum to the fee (property-tested). Days
are the half-open kind: ``until`` is the first day that is no longer billed.

Due 15 days after issue; 15 days of grace; then suspension. The tenant is told 7 days before each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jieqing.kernel.money import Rounding, round_ratio

DUE_AFTER, GRACE = timedelta(days=15), timedelta(days=15)
TOLD_BEFORE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Plan:
    code: str
    name_zh: str
    name_en: str
    monthly_fen: int
    people: int


PLANS: dict[str, Plan] = {
    plan.code: plan
    for plan in (
        Plan("start", "起步版", "Start", 980_00, 5),
        Plan("team", "团队版", "Team", 2_980_00, 30),
        Plan("group", "集团版", "Group", 9_800_00, 300),
    )
}
FIRST_PLAN = "start"


@dataclass(frozen=True, slots=True)
class Period:
    """A part of one calendar month: [from_on, until_on)."""

    from_on: date
    until_on: date

    @property
    def days(self) -> int:
        return (self.until_on - self.from_on).days


def periods(from_on: date, until_on: date) -> Iterator[Period]:
    """The months and parts of months of [from_on, until_on), in order; none when it is empty."""
    start = from_on
    while start < until_on:
        end = min(next_month(start), until_on)
        yield Period(start, end)
        start = end


def amount_fen(monthly_fen: int, period: Period) -> int:
    """What a period costs.

    Example:
        >>> amount_fen(98000, Period(date(2026, 2, 1), date(2026, 3, 1)))
        98000
        >>> amount_fen(98000, Period(date(2026, 2, 1), date(2026, 2, 15)))
        49000
    """
    first = period.from_on.replace(day=1)
    days = (next_month(first) - first).days
    upto = [
        round_ratio(monthly_fen * (day - first).days, days, Rounding.HALF_UP)
        for day in (period.from_on, period.until_on)
    ]
    return upto[1] - upto[0]


def next_month(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def to_bill(term_from: date, term_until: date | None, billed_until: date | None, today: date) -> list[Period]:
    """The periods that have begun and are not billed: in advance, month by month; the end of a term cuts the last."""
    start = max(term_from, billed_until or term_from)
    horizon = next_month(today)
    end = min(horizon, term_until) if term_until else horizon
    return [period for period in periods(start, end) if period.from_on <= today]


def credit_fen(monthly_fen: int, billed: Period, left_on: date) -> int:
    """What comes back of a billed period when the tenant leaves within it."""
    if left_on >= billed.until_on:
        return 0
    return amount_fen(monthly_fen, Period(max(billed.from_on, left_on), billed.until_on))


class Stage(StrEnum):
    """How an open invoice stands on a day."""

    SETTLED = "settled"
    OPEN = "open"
    DUE_SOON = "due_soon"
    GRACE = "grace"
    SUSPENSION_AHEAD = "suspension_ahead"
    SUSPEND = "suspend"


STAGE_NAMES: dict[Stage, tuple[str, str]] = {
    Stage.SETTLED: ("已到账", "Received"),
    Stage.OPEN: ("未到期", "Open"),
    Stage.DUE_SOON: ("即将到期", "Due soon"),
    Stage.GRACE: ("宽限期内", "In grace"),
    Stage.SUSPENSION_AHEAD: ("即将暂停", "Suspension ahead"),
    Stage.SUSPEND: ("已过宽限期", "Grace is over"),
}


def stage(due_on: date, *, is_settled: bool, today: date) -> Stage:
    """The due day itself is still in time, and so is the last day of grace."""
    last = due_on + GRACE
    if is_settled:
        return Stage.SETTLED
    if today > last:
        return Stage.SUSPEND
    if today > last - TOLD_BEFORE:
        return Stage.SUSPENSION_AHEAD
    if today > due_on:
        return Stage.GRACE
    return Stage.DUE_SOON if today > due_on - TOLD_BEFORE else Stage.OPEN
