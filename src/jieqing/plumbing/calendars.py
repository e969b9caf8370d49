"""A month of promises, hearings and deadlines as a table and as an agenda; both say the same.

Weeks begin on Monday. Days off follow the State Council's calendar (``kernel.dates``), so that a promise on a holiday is
seen as one. Nothing here reads the clock or the database.
"""

import calendar as months
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jieqing.kernel.dates import HOLIDAY_YEARS, is_workday

EVENTS_A_DAY = 3


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    on: date
    title: str
    href: str = ""
    kind: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    events: Sequence[CalendarEvent]
    is_outside: bool
    is_today: bool
    is_off: bool

    @property
    def first(self) -> Sequence[CalendarEvent]:
        return self.events[:EVENTS_A_DAY]

    @property
    def more(self) -> int:
        return max(0, len(self.events) - EVENTS_A_DAY)


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """``view`` is ``month`` or ``agenda``."""

    name: str
    first: date
    today: date
    weeks: Sequence[Sequence[Day]]
    view: str = "month"

    @property
    def previous(self) -> str:
        return (self.first - timedelta(days=1)).strftime("%Y-%m")

    @property
    def following(self) -> str:
        return (self.first + timedelta(days=31)).strftime("%Y-%m")

    @property
    def this(self) -> str:
        return self.first.strftime("%Y-%m")

    @property
    def agenda(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day.events and not day.is_outside]

    @property
    def focus_on(self) -> date:
        """The day that the keyboard enters at: today, else the first of the month."""
        return self.today if self.today.replace(day=1) == self.first else self.first


def month_of(
    name: str, events: Iterable[CalendarEvent], *, asked: str, view: str, today: date
) -> CalendarMonth:
    """The month that an address asks for (``2026-11``); what cannot be read is this month."""
    first = _first(asked) or today.replace(day=1)
    by_day: dict[date, list[CalendarEvent]] = {}
    for event in events:
        by_day.setdefault(event.on, []).append(event)
    weeks = [
        [_day(on, by_day.get(on, []), first, today) for on in week]
        for week in months.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return CalendarMonth(name, first, today, weeks, "agenda" if view == "agenda" else "month")


def _first(asked: str) -> date | None:
    try:
        found = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None


def _day(on: date, events: list[Any], first: date, today: date) -> Day:
    off = is_workday(on) is False if on.year in HOLIDAY_YEARS else on.weekday() >= 5
    return Day(on, tuple(events), on.month != first.month, on == today, off)
