"""Clock: the only place that reads the time.

Everything else asks `now()` or is handed an instant, so a test or a replay can hold the time still with `frozen(at)`.
An instant is always aware and in UTC; a day is always a day somewhere, so `today` names its time zone (China has one).
Freezing follows the context (contextvars): an async task inherits it, a thread that is started does not.

Refuses: naive datetimes. Without a zone a deadline can be wrong by a day.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = "Asia/Shanghai"

_frozen_at: ContextVar[datetime | None] = ContextVar("jieqing_frozen_at", default=None)


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return _frozen_at.get() or datetime.now(UTC)


def today(tz: str = CHINA) -> date:
    """Return the present day in a time zone (an IANA name)."""
    return day_of(now(), tz)


def day_of(instant: datetime, tz: str = CHINA) -> date:
    """Return the day on which an instant falls in a time zone.

    Example:
        >>> day_of(datetime(2026, 11, 21, 16, 0, tzinfo=UTC))
        datetime.date(2026, 11, 22)
    """
    return _aware(instant).astimezone(ZoneInfo(tz)).date()


@contextmanager
def frozen(at: datetime) -> Iterator[datetime]:
    """Hold `now()` at an instant inside the block; blocks nest."""
    instant = _aware(at).astimezone(UTC)
    token = _frozen_at.set(instant)
    try:
        yield instant
    finally:
        _frozen_at.reset(token)


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise ValueError("an instant needs a time zone")
    return instant
