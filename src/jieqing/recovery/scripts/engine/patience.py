"""How long a reviewer may take: five working days after the day of submission, counted in Beijing.

The platform's own promise to authors (no law sets one): what waits longer is shown first and said to be late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from jieqing.kernel.dates import roll_forward

REVIEW_WORKDAYS = 5


@dataclass(frozen=True, slots=True)
class Patience:
    """``days_left`` is negative when it is late; zero on the last day."""

    due_on: date
    days_left: int

    @property
    def is_late(self) -> bool:
        return self.days_left < 0


def patience(submitted_on: date, today: date) -> Patience:
    """The day by which a submission is to be decided. Past the years whose holidays are known, weekdays count.

    Example:
        >>> patience(date(2026, 11, 20), date(2026, 11, 23)).due_on, patience(date(2026, 11, 20), date(2026, 11, 30)).is_late
        (datetime.date(2026, 11, 27), True)
    """
    day = submitted_on
    for _step in range(REVIEW_WORKDAYS):
        day = roll_forward(day + timedelta(days=1)).day
    return Patience(day, (day - today).days)
