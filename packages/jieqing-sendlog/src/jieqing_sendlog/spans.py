"""Stretches of time: half-open, ``[from, to)``, an open end meaning for ever; and the local day of an instant.

A day is a calendar day of a zone: it has 23 or 25 hours where the clocks change, so its beginning is asked of the zone,
never computed by subtracting hours from now.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Span = tuple[datetime | None, datetime | None]
Spans = tuple[Span, ...]
MIDNIGHT = time()


def during(spans: Spans, at: datetime) -> bool:
    """Whether an instant lies in one of the stretches."""
    return bool(spans) and any(
        (begin is None or begin <= at) and (end is None or at < end) for begin, end in spans
    )


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local_time(at: datetime, zone: str) -> datetime:
    return at.astimezone(zone_named(zone))


def start_of_day(local: datetime, days_before: int = 0) -> datetime:
    """The instant at which the local calendar day began, or one so many days earlier."""
    day = local.date() - timedelta(days=days_before)
    return datetime.combine(day, MIDNIGHT, local.tzinfo).astimezone(UTC)


def in_window(clock: time, begin: time, end: time) -> bool:
    """Whether a time of day lies in ``[begin, end)``; a window may pass midnight."""
    if begin <= end:
        return begin <= clock < end
    return clock >= begin or clock < end
