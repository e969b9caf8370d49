"""Past outcomes for the line from score to probability: who defaulted within half a year after an earlier day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jieqing.claims.receivables.engine.ledger_arrays import Ints, LedgerArrays
from jieqing.claims.valuation.engine.behaviour import behaviour, norms_of, typical_amounts
from jieqing.claims.valuation.engine.scorecard import (
    PRIOR_LINE,
    Line,
    calibrate,
    is_defaulted,
    scored,
)

HORIZON_DAYS = 180
# A young ledger has no defaults yet because nothing in it is old enough: the line waits for a year of it.
HISTORY_DAYS = 360


def defaults_after(ledger: LedgerArrays, day: int) -> tuple[Ints, NDArray[np.bool_], NDArray[np.bool_]]:
    """Score at a day, whether the debtor defaulted in the half year after it, and who counts: debtors with something open
    or due around then who were not in default already."""
    typical = typical_amounts(ledger, day)
    seen = behaviour(ledger, day, typical)
    rated = scored(seen, norms_of(seen, typical), PRIOR_LINE)
    was = is_defaulted(seen)
    # In default at some day of the window: looked at its month ends, so that a debt paid in between still counts.
    fell = np.zeros(len(was), bool)
    for later in range(day + 30, day + HORIZON_DAYS + 1, 30):
        after = behaviour(ledger, later, typical)
        fell |= is_defaulted(after)
    counts = (seen.invoiced_year > 0) & ~was
    return rated.score, fell, counts


def line_by(ledger: LedgerArrays, day: int) -> tuple[Line, int]:
    """The line that the ledger's past supports at a day, and how many debtors it was fitted to."""
    start = day - HORIZON_DAYS
    if not ledger.items or ledger.invoice_on.min() + HISTORY_DAYS > start:
        return PRIOR_LINE, 0
    score, fell, counts = defaults_after(ledger, start)
    return calibrate(score[counts], fell[counts]), int(counts.sum())
