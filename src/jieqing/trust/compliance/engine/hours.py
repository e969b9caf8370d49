"""Hours of the day: stretches of a local clock, and what hours agreed with a person say of a minute.

Agreed hours have three values (docs/decisions/0170): nothing agreed, agreed and now, agreed and not now. What cannot be read opens no
hour and still counts as agreed.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from jieqing.kernel.outcomes import JSON

Hours = tuple[tuple[int, int], ...]

MINUTES_OF_DAY = 24 * 60


class Agreed(Enum):
    """What agreed hours say of a minute. Outside closes what is open otherwise; see docs/decisions/0170."""

    NOTHING = "nothing agreed"
    INSIDE = "agreed, and now"
    OUTSIDE = "agreed, and not now"


def hours(value: JSON) -> Hours:
    """Return agreed hours as [start, end) minutes of the day; what cannot be read opens no hour.

    Forms: "18:00-21:00", ["18:00", "21:00"], {"from": "18:00", "to": "21:00"}, or a list of these.

    Example:
        >>> hours(["20:00", "23:00"]), hours("22:00-23:30"), hours(True)
        (((1200, 1380),), ((1320, 1410),), ())
    """
    one = _stretch(value)
    if one:
        return (one,)
    if isinstance(value, list | tuple):
        found = [_stretch(item) for item in value]
        return tuple(stretch for stretch in found if stretch)
    return ()


def minute(text: str) -> int | None:
    """Return the minute of the day of "HH:MM"; "24:00" is the end of the day."""
    head, colon, tail = text.strip().partition(":")
    if not (colon and head.isdecimal() and tail.isdecimal() and len(head) <= 2 and len(tail) == 2):
        return None
    found = int(head) * 60 + int(tail)
    return found if int(tail) < 60 and found <= MINUTES_OF_DAY else None


def within(stretch: tuple[int, int], at_minute: int) -> bool:
    """Say whether a minute lies in [start, end), past midnight when start > end."""
    start, end = stretch
    return start <= at_minute < end if start <= end else at_minute >= start or at_minute < end


def agreed_at(value: JSON, at_minute: int | None) -> Agreed:
    """Say what agreed hours are at a minute. Words that cannot be read agree to something and open nothing.

    Example:
        >>> [agreed_at(hours, 1350).value for hours in (None, "22:00-23:00", "20:00-21:00", "late", False)]
        ['nothing agreed', 'agreed, and now', 'agreed, and not now', 'agreed, and not now', 'nothing agreed']
    """
    if not value:
        return Agreed.NOTHING
    is_inside = at_minute is not None and any(within(one, at_minute) for one in hours(value))
    return Agreed.INSIDE if is_inside else Agreed.OUTSIDE


def _stretch(value: JSON) -> tuple[int, int] | None:
    if isinstance(value, str):
        parts: list[JSON] = list(value.replace("–", "-").split("-"))
    elif isinstance(value, Mapping):
        parts = [value.get("from"), value.get("to")]
    elif isinstance(value, list | tuple):
        parts = list(value)
    else:
        return None
    if len(parts) != 2 or not all(isinstance(part, str) for part in parts):
        return None
    start, end = (minute(str(part)) for part in parts)
    return (start, end) if start is not None and end is not None and start != end else None
