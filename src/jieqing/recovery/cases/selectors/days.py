"""The day that work is done on, and the moment its clocks run by: the site's reporting day while it replays a past ledger, else now.

One mechanism for both. While a past ledger is replayed its day stands still, and so do the clocks of cases: what was opened on
that day has its 72 hours ahead of it for as long as the day stands, and running out is a matter of moving the day on. What
somebody did is written down with the true moment, always: evidence and the timeline do not replay.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from jieqing.claims.receivables import selectors as ledger
from jieqing.kernel import clock

_CHINA = ZoneInfo("Asia/Shanghai")


def working_day() -> date:
    return ledger.replay_day() or clock.today()


def working_moment() -> datetime:
    """This hour of the working day."""
    return moment_of(working_day())


def moment_of(day: date, now: datetime | None = None) -> datetime:
    """This hour (or that of ``now``) on a working day that was read already; today it is simply now."""
    now = now or clock.now()
    return now + timedelta(days=(day - now.astimezone(_CHINA).date()).days)
