"""The day that work is done on: the site's reporting day while it replays a past ledger, else today."""

from datetime import date

from jieqing.claims.receivables import selectors as ledger
from jieqing.kernel import clock


def working_day() -> date:
    return ledger.replay_day() or clock.today()
