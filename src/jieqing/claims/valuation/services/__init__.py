"""Verbs of valuation: revalue after an event or a new day; record and withdraw judgements; customers' limits."""

from jieqing.claims.valuation.services.deciding import decide, withdraw
from jieqing.claims.valuation.services.hearing import catch_up, hear_ledger, hear_standing
from jieqing.claims.valuation.services.limits import LimitOrder, end_limit, override_limit, set_limit
from jieqing.claims.valuation.services.marks import end_marks, mark_disputed
from jieqing.claims.valuation.services.revaluing import revalue

__all__ = [
    "LimitOrder",
    "catch_up",
    "decide",
    "end_limit",
    "end_marks",
    "hear_ledger",
    "hear_standing",
    "mark_disputed",
    "override_limit",
    "revalue",
    "set_limit",
    "withdraw",
]
