"""When to try a notice again, and when to stop.

The wait doubles from one minute to one hour; after a day, or once the notice has lost its meaning (a code or an
invitation ran out), it is given up, and the outbox says so.
"""

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
PATIENCE = timedelta(days=1)


def next_attempt(
    number: int, *, first_at: datetime, now: datetime, expires_at: datetime | None
) -> datetime | None:
    """When attempt ``number + 1`` is due after ``number`` failed at ``now``; None to give up.

    Example:
        >>> from datetime import UTC
        >>> at = datetime(2026, 11, 22, tzinfo=UTC)
        >>> next_attempt(3, first_at=at, now=at, expires_at=None) - at
        datetime.timedelta(seconds=240)
    """
    due = now + min(FIRST_WAIT * (1 << min(number - 1, 10)), LONGEST_WAIT)
    if due > first_at + PATIENCE or (expires_at is not None and due >= expires_at):
        return None
    return due
