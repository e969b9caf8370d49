"""Figures of a receivables book over time: at each month's end what is open, how long it takes, how it is spread, what is set aside.

- DSO: what is owed / what was invoiced in the last 90 days, times 90 days.
- Turnover: what was invoiced in the last 365 days / the mean of what is owed now and 365 days ago; times a year.
- Overdue ratio: what is owed past its due day / what is owed.
- Concentration: the share of the ``TOP`` largest debtors; HHI, the sum of squared shares (10,000 is one debtor only).
- Provision ratio: expected loss / the ageing report's amount, with the day's own rates and without judgements.

"Owed" counts documents with something open, credits stand beside and are not netted. A figure whose denominator is nothing is
None, never 0. Ratios are whole numbers in hundredths of a per cent; each figure keeps the amounts it was made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from jieqing.claims.receivables.engine.accounts import ItemKind
from jieqing.claims.receivables.engine.ledger_arrays import Ints, LedgerArrays, day_number
from jieqing.claims.valuation.engine.rolls import month_ends
from jieqing.kernel.money import round_ratio

MONTHS = 12
TOP = 5
QUARTER_DAYS, YEAR_DAYS = 90, 365
_WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Point:
    """One day of a currency. ``loss_minor`` of ``gross_minor`` is the expected loss, added by whoever has the rates."""

    on: date
    owed_minor: int
    owed_year_ago_minor: int
    overdue_minor: int
    invoiced_quarter_minor: int
    invoiced_year_minor: int
    top_minor: int
    hhi: int | None
    debtors: int
    gross_minor: int = 0
    loss_minor: int = 0

    @property
    def dso_tenths(self) -> int | None:
        return _ratio(self.owed_minor * QUARTER_DAYS * 10, self.invoiced_quarter_minor)

    @property
    def turnover_hundredths(self) -> int | None:
        return _ratio(self.invoiced_year_minor * 200, self.owed_minor + self.owed_year_ago_minor)

    @property
    def overdue_bp(self) -> int | None:
        return _ratio(self.overdue_minor * _WHOLE, self.owed_minor)

    @property
    def top_bp(self) -> int | None:
        return _ratio(self.top_minor * _WHOLE, self.owed_minor)

    @property
    def provision_bp(self) -> int | None:
        return _ratio(self.loss_minor * _WHOLE, self.gross_minor)


def days_of(as_of: date, months: int = MONTHS) -> tuple[date, ...]:
    """The month ends before a day, oldest first, and the day itself."""
    ends = month_ends(as_of, months)
    return ends[1:] if ends[-1] == as_of else (*ends[2:], as_of)


def point_at(ledger: LedgerArrays, on: date, currency: int) -> Point:
    """All figures of a day but the loss; reads nothing later than the day."""
    day = day_number(on)
    own = ledger.currency == currency
    owed = _owed(ledger, day, own)
    by_debtor = np.zeros(ledger.debtors, np.int64)
    np.add.at(by_debtor, ledger.debtor, owed)
    whole = int(owed.sum())
    owing = by_debtor[by_debtor > 0]
    return Point(
        on=on,
        owed_minor=whole,
        owed_year_ago_minor=int(_owed(ledger, day - YEAR_DAYS, own).sum()),
        overdue_minor=int(owed[ledger.due_on < day].sum()),
        invoiced_quarter_minor=_invoiced(ledger, day, QUARTER_DAYS, own),
        invoiced_year_minor=_invoiced(ledger, day, YEAR_DAYS, own),
        top_minor=int(np.sort(by_debtor)[-TOP:].sum()),
        # Squares of fen overflow a machine word: exact whole numbers instead.
        hhi=_ratio(sum(fen * fen for fen in owing.tolist()) * _WHOLE, whole * whole),
        debtors=len(owing),
    )


def _owed(ledger: LedgerArrays, day: int, own: np.ndarray) -> Ints:
    found: Ints = np.where(own, np.maximum(ledger.open_minor(day), 0), 0)
    return found


def _invoiced(ledger: LedgerArrays, day: int, days: int, own: np.ndarray) -> int:
    chosen = own & (ledger.kind == ItemKind.INVOICE) & (ledger.amount_minor > 0)
    chosen &= (ledger.invoice_on <= day) & (ledger.invoice_on > day - days)
    return int(ledger.amount_minor[chosen].sum())


def _ratio(top: int, bottom: int) -> int | None:
    return round_ratio(top, bottom) if bottom > 0 else None
