"""Deadlines: from the day that starts a period to the last day for the act, with the reasons and the alarms before it.

Words. A period starts with an event; the day of the event is not counted (民法典 201). A period of months or years
ends on the corresponding day, or on the last day of a month that has no such day (202): that is the *counted* day. A
counted day that is no working day moves to the next one (203, 民诉法 85): that is the *last day*. Some acts must come
before a day (a renewal, 7 days before a freeze ends): those move to the working day before, never after; the end of a
freeze itself does not move, because a freeze simply ends.

The year's holidays are published in the autumn before. For a later year the last day is reckoned by Saturdays and
Sundays alone, the answer says so (`is_certain` false, with a warning), and it must be confirmed.

Alarms stand before the day, never after: they count back from the counted day (the cautious one) and move to the
working day before.

Refuses: dates outside 1950 to 2150. Reads no clock: the reader brings the day.
Source: 民法典 200 to 204; 民事诉讼法 85; docs/algorithms/deadlines.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jieqing.claims.entitlements.engine.citations import Citation, cite
from jieqing.kernel.dates import HOLIDAY_YEARS, previous_workday, roll_forward
from jieqing.kernel.outcomes import JSON, Problem, ProblemKind

ALARM_DAYS: tuple[int, ...] = (180, 90, 30, 14, 7, 3, 1)
YEARS = range(1950, 2151)

FIRST_DAY = cite("civil_code", 201, "第一款", "(1)")
CORRESPONDING_DAY = cite("civil_code", 202)
HOLIDAY = cite("civil_code", 203, "第一款", "(1)")


class Roll(StrEnum):
    """Where a last day goes that is no working day."""

    NEXT = "next"
    BEFORE = "before"
    NONE = "none"


class Unit(StrEnum):
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Reason:
    """One link of the chain: what was decided, by which article, on which day."""

    zh: str
    en: str
    citation: Citation | None = None
    on: date | None = None

    def text(self, lang: str = "zh") -> str:
        return self.zh if lang.lower().startswith("zh") else self.en

    def as_dict(self) -> dict[str, JSON]:
        return {
            "text": {"zh": self.zh, "en": self.en},
            "article": self.citation.text() if self.citation else None,
            "on": self.on.isoformat() if self.on else None,
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day for one act. `missing` says what must be found or proved, `warnings` what to confirm."""

    code: str
    zh: str
    en: str
    starts_on: date
    counted_day: date
    last_day: date
    is_certain: bool
    reasons: tuple[Reason, ...]
    missing: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()

    def text(self, lang: str = "zh") -> str:
        return self.zh if lang.lower().startswith("zh") else self.en

    def as_dict(self) -> dict[str, JSON]:
        return {
            "code": self.code,
            "text": {"zh": self.zh, "en": self.en},
            "starts_on": self.starts_on.isoformat(),
            "counted_day": self.counted_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "is_certain": self.is_certain,
            "reasons": [reason.as_dict() for reason in self.reasons],
            "missing": [reason.as_dict() for reason in self.missing],
            "warnings": [reason.as_dict() for reason in self.warnings],
        }


class CountdownState(StrEnum):
    """How near a last day is. Values stand in stored work lists: never rename one."""

    FAR = "far"
    ALARMED = "alarmed"
    LAST_DAY = "last_day"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A day on which somebody is told, `days_before` the counted day or a little earlier."""

    days_before: int
    on: date
    has_rung: bool


@dataclass(frozen=True, slots=True)
class Countdown:
    as_of: date
    last_day: date
    days_left: int
    state: CountdownState
    alarms: tuple[Alarm, ...]

    @property
    def next_alarm(self) -> Alarm | None:
        return next((alarm for alarm in self.alarms if not alarm.has_rung), None)


def add_months(day: date, months: int) -> date:
    """Return the corresponding day some months later (or earlier), or that month's last day when it has none.

    Example:
        >>> add_months(date(2024, 2, 29), 36), add_months(date(2026, 8, 31), -6)
        (datetime.date(2027, 2, 28), datetime.date(2026, 2, 28))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (following - timedelta(days=1)).day))


def count_period(start: date, length: int, unit: Unit) -> date:
    """Return the counted last day of a period that begins with an event on `start` (which is not counted)."""
    if unit is Unit.DAYS:
        return start + timedelta(days=length)
    return add_months(start, length * (12 if unit is Unit.YEARS else 1))


def settle_day(counted: date, roll: Roll) -> tuple[date, bool]:
    """Return the last day for a counted day, and whether a published calendar says so."""
    if roll is Roll.NONE:
        return counted, True
    if roll is Roll.NEXT:
        rolled = roll_forward(counted)
        return rolled.day, rolled.is_certain
    return _working_day_before(counted)


def calendar_reasons(counted: date, last_day: date, is_certain: bool) -> tuple[list[Reason], list[Reason]]:
    """Return the link of the chain and the warning that the calendar adds."""
    reasons: list[Reason] = []
    warnings: list[Reason] = []
    if last_day > counted:
        reasons.append(
            Reason(
                f"{counted} 不是工作日，顺延至 {last_day}",
                f"{counted} is no working day: moves to {last_day}",
                HOLIDAY,
                last_day,
            )
        )
    elif last_day < counted:
        reasons.append(
            Reason(
                f"{counted} 不是工作日；须在此之前办理，提前至 {last_day}",
                f"{counted} is no working day and the act must come before: moved up to {last_day}",
                None,
                last_day,
            )
        )
    if not is_certain:
        warnings.append(
            Reason(
                f"{counted.year} 年的放假安排未公布（日历到 {HOLIDAY_YEARS.stop - 1} 年），此日仅按周六、周日推算，公布后须确认；"
                "请按更早的日期安排。",
                f"The holidays of {counted.year} are not published (the calendar ends with {HOLIDAY_YEARS.stop - 1}): this day "
                "is reckoned by weekends alone and must be confirmed; plan for an earlier day.",
                HOLIDAY,
            )
        )
    return reasons, warnings


def count_down(deadline: Deadline, as_of: date, days_before: Sequence[int] = ALARM_DAYS) -> Countdown:
    """Return how long is left and the alarms, all of them before the last day."""
    alarms: dict[date, int] = {}
    for days in sorted(days_before, reverse=True):
        on, _ = _working_day_before(deadline.counted_day - timedelta(days=days))
        if on > deadline.starts_on:
            alarms[on] = days
    rung = tuple(Alarm(days, on, on <= as_of) for on, days in sorted(alarms.items()))
    if as_of > deadline.last_day:
        state = CountdownState.PASSED
    elif as_of == deadline.last_day:
        state = CountdownState.LAST_DAY
    else:
        state = CountdownState.ALARMED if any(alarm.has_rung for alarm in rung) else CountdownState.FAR
    return Countdown(as_of, deadline.last_day, (deadline.last_day - as_of).days, state, rung)


def check_day(day: date, name_zh: str, name_en: str) -> Problem | None:
    """Return what is wrong with a date that a user gave, or None."""
    if day.year in YEARS:
        return None
    return Problem.of(
        DAY_OUT_OF_RANGE,
        day=day.isoformat(),
        name_zh=name_zh,
        name_en=name_en,
        first=YEARS.start,
        last=YEARS.stop - 1,
    )


def _working_day_before(day: date) -> tuple[date, bool]:
    found = previous_workday(day)
    if not isinstance(found, Problem):
        return found, True
    while day.weekday() >= 5:
        day -= timedelta(days=1)
    return day, False


DAY_OUT_OF_RANGE = ProblemKind(
    "deadlines.day_out_of_range",
    "{name_zh} {day} 不在 {first}–{last} 年之间。",
    "The {name_en} {day} is not between {first} and {last}.",
    "请核对年份。",
    "Check the year.",
)
DAYS_REVERSED = ProblemKind(
    "deadlines.days_reversed",
    "{name_zh}的结束日 {until} 早于开始日 {on}。",
    "The {name_en} ends on {until}, before it begins on {on}.",
    "请交换或更正两个日期。",
    "Swap or correct the two dates.",
)
