"""Verbs of valuation: revalue after an event or a new day; record and withdraw judgements."""

from jieqing.claims.valuation.services.deciding import decide, withdraw
from jieqing.claims.valuation.services.hearing import hear_import, hear_undo
from jieqing.claims.valuation.services.revaluing import revalue

__all__ = ["decide", "hear_import", "hear_undo", "revalue", "withdraw"]
