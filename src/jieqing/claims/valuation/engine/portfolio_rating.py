"""A creditor's whole book: the exposure-weighted probability of its debtors' default, with what must be known beside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jieqing.claims.receivables.engine.ledger_arrays import LedgerArrays
from jieqing.claims.valuation.engine.behaviour import Floats
from jieqing.claims.valuation.engine.scorecard import SCORE_MAX, Line, grade_of


@dataclass(frozen=True, slots=True)
class BookRating:
    """``values``: weighted probability, overdue share, largest debtor's share, in hundredths of a per cent."""

    creditor: int
    currency: str
    score: int
    grade: int
    probability: float
    open_minor: int
    overdue_minor: int
    values: tuple[int, int, int]


def rate_books(ledger: LedgerArrays, day: int, probability: Floats, line: Line) -> list[BookRating]:
    """One rating for each creditor and the currency in which most is open; books with nothing open have none."""
    opening = np.maximum(np.where(ledger.invoice_on <= day, ledger.open_minor(day), 0), 0)
    found = []
    for creditor in range(len(ledger.creditor_keys)):
        best: BookRating | None = None
        for currency, code in enumerate(ledger.currencies):
            own = np.where((ledger.creditor == creditor) & (ledger.currency == currency), opening, 0)
            whole = int(own.sum())
            if whole <= 0 or (best and whole <= best.open_minor):
                continue
            by_debtor = np.bincount(ledger.debtor, weights=own, minlength=ledger.debtors)
            weighted = ((by_debtor * probability).sum() / by_debtor.sum()).item()
            overdue = int(own[day > ledger.due_on].sum())
            best = BookRating(
                creditor,
                code,
                _score_at(weighted, line),
                int(grade_of(np.array([weighted]))[0]),
                weighted,
                whole,
                overdue,
                (
                    round(weighted * 10_000),
                    round(overdue * 10_000 / whole),
                    round(by_debtor.max().item() * 10_000 / whole),
                ),
            )
        if best:
            found.append(best)
    return found


def _score_at(probability: float, line: Line) -> int:
    """The score to which the line gives this probability, so that books and debtors share one scale."""
    chance = min(max(probability, 1e-6), 1 - 1e-6)
    logit = np.log(chance / (1 - chance)).item()
    return int(min(SCORE_MAX, max(0, round(500 - 100 * (logit - line.intercept) / line.slope))))
