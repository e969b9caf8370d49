"""Verbs of valuation: revalue after an event or a new day; record and withdraw judgements."""

from jieqing.claims.valuation.services.deciding import decide, withdraw
from jieqing.claims.valuation.services.hearing import catch_up, hear_ledger
from jieqing.claims.valuation.services.revaluing import revalue

__all__ = ["catch_up", "decide", "hear_ledger", "revalue", "withdraw"]
