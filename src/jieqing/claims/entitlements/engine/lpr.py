"""The loan prime rate (LPR), month by month, and who vouches for each month.

The interbank centre publishes on the 20th or the next working day; a value holds from its day of publication to the
next. A month that this installation has not seen confirmed is never filled in silently: a statement that needs it
takes the last confirmed value and says so, until an operator confirms the month (`LprTable.confirmed`).

Before 2019-08-20 there was no LPR of this kind; the courts took the central bank's one-year base lending rate. Its
steps stand here too, from memory, and every statement that uses them says that they need checking.

Source: publications of the National Interbank Funding Centre as kept by two public tables for 2019-08 to 2025-07
(`two_tables`); press for 2025-08 to 2026-08 (`press`), whose words give the values, not every day of publication; see docs/algorithms/interest.md.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

FIRST_DAY = date(2019, 8, 20)
"""The first day of the reformed LPR; also the day of 买卖合同解释 article 18(4)."""

_NEVER = date.max.toordinal()

# Steps: the first day of each value, one year and five years, in percent.
_STEPS = """
2019-08-20 4.25 4.85
2019-09-20 4.20 4.85
2019-11-20 4.15 4.80
2020-02-20 4.05 4.75
2020-04-20 3.85 4.65
2021-12-20 3.80 4.65
2022-01-20 3.70 4.60
2022-05-20 3.70 4.45
2022-08-22 3.65 4.30
2023-06-20 3.55 4.20
2023-08-21 3.45 4.20
2024-02-20 3.45 3.95
2024-07-22 3.35 3.85
2024-10-21 3.10 3.60
2025-05-20 3.00 3.50
"""
_PUBLICATIONS = """
two_tables 2019 08-20 09-20 10-21 11-20 12-20
two_tables 2020 01-20 02-20 03-20 04-20 05-20 06-22 07-20 08-20 09-21 10-20 11-20 12-21
two_tables 2021 01-20 02-22 03-22 04-20 05-20 06-21 07-20 08-20 09-22 10-20 11-22 12-20
two_tables 2022 01-20 02-21 03-21 04-20 05-20 06-20 07-20 08-22 09-20 10-20 11-21 12-20
two_tables 2023 01-20 02-20 03-20 04-20 05-22 06-20 07-20 08-21 09-20 10-20 11-20 12-20
two_tables 2024 01-22 02-20 03-20 04-22 05-20 06-20 07-22 08-20 09-20 10-21 11-20 12-20
two_tables 2025 01-20 02-20 03-20 04-21 05-20 06-20 07-21
press 2025 08-20 09-22 10-20 11-20 12-22
press 2026 01-20 03-20 04-20 06-22 07-20 08-20
"""
# Remembered, seen nowhere: proposals for an operator, unknown to the table until somebody confirms them.
_REMEMBERED = """
memory 2026 02-24 05-20
"""
_BASE_RATES = """
2012-07-06 6.00
2014-11-22 5.60
2015-03-01 5.35
2015-05-11 5.10
2015-06-28 4.85
2015-08-26 4.60
2015-10-24 4.35
"""


@dataclass(frozen=True, slots=True)
class Published:
    """One publication; rates are fractions of one (0.0345), `source` says who vouches for it."""

    day: date
    one_year: Decimal
    five_year: Decimal
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A one-year rate and the first day (as an ordinal) on which it holds; one object for each, compared by identity."""

    first_day: int
    one_year: Decimal


_GAPS_MAX = 1024


class LprTable:
    """Confirmed publications in the order of their days.

    Errors: ValueError when two publications disagree about one month.
    """

    def __init__(self, publications: Iterable[Published]) -> None:
        by_month: dict[tuple[int, int], Published] = {}
        for row in sorted(publications, key=lambda row: row.day):
            other = by_month.setdefault((row.day.year, row.day.month), row)
            if (other.one_year, other.five_year) != (row.one_year, row.five_year):
                raise ValueError(f"two values for {row.day:%Y-%m}: {other.one_year} and {row.one_year}")
        self._by_month = by_month
        self.publications = tuple(by_month.values())
        self._publication_days = [row.day.toordinal() for row in self.publications]
        self._months = frozenset(map(_month_number, self._publication_days))
        self._first_gap = _first_gap(self._months)
        # A portfolio is drawn to a few days, each asked for every claim.
        self._gaps: dict[int, list[tuple[str, int]]] = {}
        self._steps = tuple(_steps_of((row.day, row.one_year) for row in self.publications))
        self._days = [step.first_day for step in self._steps]

    def confirmed(self, publications: Iterable[Published]) -> LprTable:
        """Return a table that also knows months which an operator has confirmed; his word replaces what was shipped."""
        told = tuple(publications)
        months = {(row.day.year, row.day.month) for row in told}
        kept = (row for row in self.publications if (row.day.year, row.day.month) not in months)
        return LprTable((*kept, *told))

    def at(self, day: int) -> Step:
        """Return the value in force on a day (an ordinal); before 2019-08-20 the base rate.

        Errors: ValueError before the first base rate known (`EARLIEST`); ask `is_known` first.
        """
        if day >= self._days[0]:
            return self._steps[bisect_right(self._days, day) - 1]
        position = bisect_right(_BASE_DAYS, day)
        if not position:
            raise ValueError(f"no base rate is known on {date.fromordinal(day)}")
        return _BASE_STEPS[position - 1]

    def between(self, first: int, end: int) -> list[Step]:
        """Return the values in force during [first, end): the one in force on `first`, then every change."""
        found = [self.at(first)]
        if first < self._days[0]:
            found += [step for step in _BASE_STEPS if first < step.first_day < min(end, self._days[0])]
        position = bisect_right(self._days, first)
        found += self._steps[position : bisect_right(self._days, end - 1)]
        return found

    def lowest(self, until: int) -> Step:
        """Return the lowest one-year LPR published by a day."""
        seen = [step for step in self._steps if step.first_day <= until] or [self._steps[0]]
        return min(seen, key=lambda step: step.one_year)

    def of_month(self, day: date) -> Published | None:
        """Return the publication of a day's month."""
        return self._by_month.get((day.year, day.month))

    def unconfirmed_months(self, first: int, last: int) -> list[str]:
        """Return the months (``2026-09``) whose publication may change the rate on the days first to last.

        A month's publication never comes before its 20th, so the value of the month before is sure until the 19th.
        """
        if last < self._first_gap:
            return []
        gaps = self._gaps.get(last)
        if gaps is None:
            if len(self._gaps) >= _GAPS_MAX:
                self._gaps.clear()
            gaps = self._gaps[last] = self._gaps_until(last)
        return [month for month, settled in gaps if settled > first]

    def _gaps_until(self, last: int) -> list[tuple[str, int]]:
        """The months not published whose 20th a day has reached, each with the day from which it is harmless."""
        found = []
        for month in range(_month_number(self._first_gap), _month_number(last) + 1):
            twentieth = date(month // 12, month % 12 + 1, 20).toordinal()
            if month not in self._months and twentieth <= last:
                found.append((f"{month // 12}-{month % 12 + 1:02d}", self._settled_on(twentieth)))
        return found

    def _settled_on(self, day: int) -> int:
        """The day from which a later publication makes a gap harmless."""
        position = bisect_right(self._publication_days, day)
        return self._publication_days[position] if position < len(self._publication_days) else _NEVER


def _steps_of(rows: Iterable[tuple[date, Decimal]]) -> Iterable[Step]:
    for one_year, group in groupby(rows, key=lambda row: row[1]):
        yield Step(next(group)[0].toordinal(), one_year)


def _month_number(ordinal: int) -> int:
    day = date.fromordinal(ordinal)
    return day.year * 12 + day.month - 1


def _first_gap(months: frozenset[int]) -> int:
    """The 20th (as an ordinal) of the first month without a publication."""
    month = FIRST_DAY.year * 12 + FIRST_DAY.month - 1
    while month in months:
        month += 1
    return date(month // 12, month % 12 + 1, 20).toordinal()


def _percent(text: str) -> Decimal:
    return Decimal(text).scaleb(-2)


def _bundled(publications: str) -> Iterable[Published]:
    steps = [line.split() for line in _STEPS.strip().split("\n")]
    first_days = [date.fromisoformat(step[0]) for step in steps]
    for line in publications.strip().split("\n"):
        source, year, *days = line.split()
        for month_and_day in days:
            day = date.fromisoformat(f"{year}-{month_and_day}")
            _, one_year, five_year = steps[bisect_right(first_days, day) - 1]
            yield Published(day, _percent(one_year), _percent(five_year), source)


_BASE_STEPS = tuple(
    Step(date.fromisoformat(day).toordinal(), _percent(rate))
    for day, rate in (line.split() for line in _BASE_RATES.strip().split("\n"))
)
_BASE_DAYS = [step.first_day for step in _BASE_STEPS]
EARLIEST = _BASE_DAYS[0]
"""The ordinal of the first day whose rate is known."""

LPR = LprTable(_bundled(_PUBLICATIONS))
"""What this version was shipped with: seen in public to 2026-08, but for the remembered months."""

REMEMBERED = tuple(_bundled(_REMEMBERED))
"""Months of that time known from memory only."""
