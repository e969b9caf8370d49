"""Dates: days past due, and the working calendar of mainland China with its make-up workdays.

The State Council publishes each year's holidays, and which weekends are worked instead, in the autumn before. Inside
the published years a day is a workday or it is not; outside them nobody knows yet, and the answer is a Problem, never
a guess. Where a page needs a date all the same (a reminder next spring), `roll_forward` answers by the week and says
that it is provisional.

Counting follows the Civil Code: the day on which a period begins is not counted, so the first day past due is the day
after the due day, and a bill due today is 0 days overdue. A last day that is no workday moves to the next workday.

Source: 民法典 articles 201 and 203; holiday tables by the package `chinesecalendar`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import chinese_calendar

from jieqing.kernel.outcomes import Problem, ProblemKind

_ONE_DAY = timedelta(days=1)
_HOLIDAYS: frozenset[date] = frozenset(chinese_calendar.holidays)
_MAKE_UP_WORKDAYS: frozenset[date] = frozenset(chinese_calendar.workdays)

HOLIDAY_YEARS = range(min(_HOLIDAYS).year, max(_HOLIDAYS).year + 1)
"""The years whose holidays are published and known to this installation."""


class DayKind(StrEnum):
    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP_WORKDAY = "make_up_workday"


@dataclass(frozen=True, slots=True)
class RolledDay:
    """A workday, and whether every day looked at stands in a published calendar."""

    day: date
    is_certain: bool


def day_kind(day: date) -> DayKind | Problem:
    """Return what kind of day it is in mainland China, or a Problem for a year that is not published.

    Example:
        >>> day_kind(date(2026, 2, 14)).value  # a Saturday worked for the Spring Festival
        'make_up_workday'
    """
    if day.year not in HOLIDAY_YEARS:
        return _unknown_year(day)
    if day in _HOLIDAYS:
        return DayKind.HOLIDAY
    if day in _MAKE_UP_WORKDAYS:
        return DayKind.MAKE_UP_WORKDAY
    return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKDAY


def is_workday(day: date) -> bool | Problem:
    """Say whether people work on a day; ask `is_problem` first, a Problem is no truth value."""
    kind = day_kind(day)
    if isinstance(kind, Problem):
        return kind
    return kind in (DayKind.WORKDAY, DayKind.MAKE_UP_WORKDAY)


def next_workday(day: date) -> date | Problem:
    """Return the day itself when it is a workday, else the first workday after it.

    Example:
        >>> next_workday(date(2026, 10, 1))
        datetime.date(2026, 10, 8)
    """
    return _first_workday(day, _ONE_DAY)


def previous_workday(day: date) -> date | Problem:
    """Return the day itself when it is a workday, else the last workday before it."""
    return _first_workday(day, -_ONE_DAY)


def workday_after(day: date) -> date | Problem:
    """Return the first workday that comes after a day."""
    return _first_workday(day + _ONE_DAY, _ONE_DAY)


def roll_forward(day: date) -> RolledDay:
    """Return the next workday even where no calendar is published, by Saturday and Sunday alone and saying so."""
    is_certain = True
    while True:
        answer = is_workday(day)
        if isinstance(answer, Problem):
            is_certain = False
            answer = day.weekday() < 5
        if answer:
            return RolledDay(day, is_certain)
        day += _ONE_DAY


def overdue_days(due: date, as_of: date) -> int:
    """Return days past due: 0 on the due day and before, 1 on the day after.

    Example:
        >>> overdue_days(date(2026, 11, 21), date(2026, 11, 22))
        1
    """
    return max(0, days_between(due, as_of))


def days_between(start: date, end: date) -> int:
    """Return the days from start to end, start not counted, end counted; negative when end comes first."""
    return (end - start).days


def first_day_overdue(due: date) -> date:
    """Return day 1 past due: the day after the due day."""
    return due + _ONE_DAY


def last_day_of_period(start: date, days: int) -> date:
    """Return the last day of a period of days that begins with an event on `start` (which is not counted).

    Errors: ValueError for a negative number of days.
    """
    if days < 0:
        raise ValueError("a period has no negative length")
    return start + timedelta(days=days)


def _first_workday(day: date, step: timedelta) -> date | Problem:
    while True:
        answer = is_workday(day)
        if isinstance(answer, Problem):
            return answer
        if answer:
            return day
        day += step


def _unknown_year(day: date) -> Problem:
    return Problem.of(
        YEAR_NOT_PUBLISHED,
        day=day.isoformat(),
        year=day.year,
        first_year=HOLIDAY_YEARS.start,
        last_year=HOLIDAY_YEARS.stop - 1,
    )


YEAR_NOT_PUBLISHED = ProblemKind(
    "dates.year_not_published",
    "{year} 年的放假安排不在日历中（已有 {first_year}–{last_year} 年），无法判断 {day} 是否为工作日。",
    "The holidays of {year} are not in the calendar ({first_year} to {last_year} are), so {day} may or may not be a workday.",
    "请在国务院公布放假安排后更新 chinesecalendar，或由人工确认该日。",
    "Update chinesecalendar once the State Council has published the year, or confirm the day by hand.",
)
