"""Counted days: how long something is overdue when held days do not count.

A hold stops the clock of a case. A day counts when it lies after the anchor (due today is not overdue: the day after is the
first) and inside no hold. Holds may overlap, lie before each other, end and be followed by another, or be entered late:
the count is a function of the spans alone, so that a back-dated hold gives the count that it would have given in time.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from ``from_on`` to ``to_on``, both inside; ``to_on`` None has no end."""

    from_on: date
    to_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


def counted_days(anchor_on: date, until: date, held: Iterable[Span] = ()) -> int:
    """Days after ``anchor_on`` up to ``until``, without those inside a hold; never negative.

    Example:
        >>> day = lambda number: date(2026, 3, number)
        >>> counted_days(day(1), day(1)), counted_days(day(1), day(11))
        (0, 10)
        >>> counted_days(day(1), day(11), [Span(day(3), day(5)), Span(day(4), day(6))])
        6
    """
    total = max((until - anchor_on).days, 0)
    return total - sum((end - start).days + 1 for start, end in _inside(anchor_on, until, held))


def day_of_count(anchor_on: date, count: int, held: Iterable[Span] = ()) -> date | None:
    """The first day on which ``count`` days count; None when a hold without an end comes before.

    Example:
        >>> day_of_count(date(2026, 3, 1), 4, [Span(date(2026, 3, 3), date(2026, 3, 5))])
        datetime.date(2026, 3, 8)
    """
    left, day = count, anchor_on
    if left <= 0:
        return day
    for span in merged(held):
        if span.to_on is not None and span.to_on <= day:
            continue
        free = max((span.from_on - day).days - 1, 0)
        if left <= free:
            break
        left -= free
        if span.to_on is None:
            return None
        day = max(span.to_on, day)
    return day + timedelta(days=left)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping and touching ones made one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.from_on, one.to_on or date.max)):
        last = found[-1] if found else None
        if last and (last.to_on is None or span.from_on <= last.to_on + ONE_DAY):
            ends = last.to_on and span.to_on and max(last.to_on, span.to_on)
            found[-1] = Span(last.from_on, ends or None)
        else:
            found.append(span)
    return found


def _inside(anchor_on: date, until: date, held: Iterable[Span]) -> Iterable[tuple[date, date]]:
    for span in merged(held):
        start, end = max(span.from_on, anchor_on + ONE_DAY), min(span.to_on or until, until)
        if start <= end:
            yield start, end
