"""Earlier loss forecasts held against what came: what was open at a day, its forecast by that day's rates, what ended unpaid.

The outcome is judged as the rates define loss: still open ``RECOVERY_DAYS`` after an item passed 90 days past due, or that long
after the vintage's day where it had passed already. Only items whose judging day has come count, on both sides; how much of
what was open that is, is told. The forecast reads nothing later than its day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from jieqing.claims.receivables.engine.ledger_arrays import LedgerArrays, day_number
from jieqing.claims.valuation.engine.loss import loss_of, rates_or_example
from jieqing.claims.valuation.engine.rolls import (
    BUCKETS,
    EDGES,
    RECOVERY_DAYS,
    bucket_of,
    month_ends,
    rates_at,
)

VINTAGES_MAX = 6
LOOK_BACK_MONTHS = 24
# Below this share of decided amounts a month is too young to be judged.
DECIDED_MIN_BP = 9_000


@dataclass(frozen=True, slots=True)
class LossVintage:
    """``open_minor`` is all that stood open, ``decided_minor`` the part that is judged; forecast and unpaid are of that part."""

    day: date
    items: int
    open_minor: int
    decided_minor: int
    forecast_minor: int
    unpaid_minor: int
    is_example: bool

    @property
    def ratio_hundredths(self) -> int | None:
        """Forecast over unpaid, in hundredths; None where nothing ended unpaid."""
        return (
            (200 * self.forecast_minor + self.unpaid_minor) // (2 * self.unpaid_minor)
            if self.unpaid_minor
            else None
        )

    @property
    def decided_bp(self) -> int:
        return 10_000 * self.decided_minor // self.open_minor if self.open_minor else 0

    def as_dict(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat(),
            "items": self.items,
            "open_minor": self.open_minor,
            "decided_minor": self.decided_minor,
            "forecast_minor": self.forecast_minor,
            "unpaid_minor": self.unpaid_minor,
            "is_example": self.is_example,
        }


def loss_vintage(ledger: LedgerArrays, day: date, until: date, currency: int) -> LossVintage:
    """What the rates of ``day`` forecast, and what of it is unpaid on each item's judging day, seen from ``until``."""
    number, end = day_number(day), day_number(until)
    opening = ledger.open_minor(number)
    stood = (opening > 0) & (ledger.currency == currency) & (ledger.invoice_on <= number)
    judged_on = np.maximum(ledger.due_on + EDGES[-1] + 1, number) + RECOVERY_DAYS
    chosen = stood & (judged_on <= end)
    rates, is_example = rates_or_example(rates_at(ledger, day, currency), ledger, number, currency)
    amounts = np.zeros(BUCKETS, np.int64)
    np.add.at(amounts, bucket_of(number - ledger.due_on[chosen]), opening[chosen])
    standing = np.where(ledger.posting_on <= judged_on[ledger.posting_item], ledger.posting_minor, 0)
    left = np.clip(np.add.reduceat(standing, ledger.starts), 0, opening)
    return LossVintage(
        day,
        int(chosen.sum()),
        int(opening[stood].sum()),
        int(opening[chosen].sum()),
        sum(loss_of(int(amount), rate) for amount, rate in zip(amounts, rates, strict=True)),
        int(left[chosen].sum()),
        is_example,
    )


def loss_vintages(
    ledger: LedgerArrays, until: date, currency: int, count: int = VINTAGES_MAX
) -> tuple[LossVintage, ...]:
    """The newest month ends that can be judged by now, oldest first; none for a ledger that is too young."""
    found: list[LossVintage] = []
    if not ledger.items:
        return ()
    first = int(ledger.invoice_on.min())
    for day in reversed(month_ends(until, LOOK_BACK_MONTHS)):
        number = day_number(day)
        if number < first or len(found) == count:
            break
        if decided_share_bp(ledger, number, day_number(until), currency) >= DECIDED_MIN_BP:
            found.append(loss_vintage(ledger, day, until, currency))
    return tuple(reversed(found))


def decided_share_bp(ledger: LedgerArrays, day: int, until: int, currency: int) -> int:
    """How much of what stood open at a day can be judged by another, in hundredths of a per cent."""
    opening = np.where((ledger.currency == currency) & (ledger.invoice_on <= day), ledger.open_minor(day), 0)
    opening = np.maximum(opening, 0)
    judged_on = np.maximum(ledger.due_on + EDGES[-1] + 1, day) + RECOVERY_DAYS
    whole = int(opening.sum())
    return 10_000 * int(opening[judged_on <= until].sum()) // whole if whole else 0


def as_dicts(found: Sequence[LossVintage]) -> list[dict[str, Any]]:
    return [one.as_dict() for one in found]
