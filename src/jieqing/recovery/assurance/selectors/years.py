"""A year of verdicts: fifty-two weeks up to a day, counted by week, rule, pack, channel and person."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from jieqing.trust.compliance.selectors import Counted, VerdictCounts, verdict_counts, weeks_of_rule

WEEKS = 52
_BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Year:
    """[start, end) as days in Beijing, whole weeks, and what was counted."""

    start: date
    end: date
    counts: VerdictCounts

    @property
    def weeks(self) -> list[tuple[date, Counted]]:
        """Every week, those without a contact too."""
        return [
            (monday, self.counts.by_week.get(monday, Counted()))
            for monday in weeks_between(self.start, self.end)
        ]


def year_until(day: date) -> tuple[date, date]:
    """The fifty-two weeks that end with the week of a day.

    Example:
        >>> year_until(date(2026, 11, 22))
        (datetime.date(2025, 11, 24), datetime.date(2026, 11, 23))
    """
    end = day - timedelta(days=day.weekday()) + timedelta(days=7)
    return end - timedelta(weeks=WEEKS), end


def weeks_between(start: date, end: date) -> list[date]:
    return [start + timedelta(weeks=number) for number in range((end - start).days // 7)]


def year_of(site_id: UUID, day: date, packs_of: dict[str, str]) -> Year:
    """Count the year up to the week of a day."""
    start, end = year_until(day)
    return Year(start, end, verdict_counts(site_id, _midnight(start), _midnight(end), packs_of))


def weeks_of(site_id: UUID, rule: str, day: date) -> list[tuple[date, Counted]]:
    """The weeks of one rule, up to the week of a day."""
    start, end = year_until(day)
    found = weeks_of_rule(site_id, rule, _midnight(start), _midnight(end))
    return [(monday, found.get(monday, Counted())) for monday in weeks_between(start, end)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, _BEIJING)
