"""How many enquiries one network address may send: enough for a family or an office, too few for a flood.

Counted without a third party and without keeping the address: by a keyed digest that is destroyed after two days.
Mobile networks put many people behind one address, so the limits are wide and a refusal always says until when.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jieqing.estate.sites.engine import patience

PER_HOUR, PER_DAY = 8, 24
SOURCE_KEPT = timedelta(days=2)


def wait_until(earlier: Sequence[datetime], now: datetime) -> datetime | None:
    """None when another may come now; else the moment from which one may.

    Example:
        >>> at = datetime(2026, 11, 22, 8, 0)
        >>> wait_until([at] * 7, at), wait_until([at] * 8, at)
        (None, datetime.datetime(2026, 11, 22, 9, 0))
    """
    return patience.wait_until(earlier, now, ((PER_HOUR, timedelta(hours=1)), (PER_DAY, timedelta(days=1))))
