"""How each debtor has paid, seen from a day: strictly what was known and effective by then.

A debt is late by the days from its due day to the day each part was paid; what is still open and past due is late by the
days so far. What is not due yet says nothing. Days are capped at ``LATE_DAYS_MAX``; an invoice counts by its amount over
the typical invoice of its currency (at most ``WEIGHT_MAX``), halved for every ``HALF_LIFE_DAYS`` since it fell due.

Invariant (property test): moving a payment to a later day never makes any of these better. So weights depend on due days
and invoice amounts only, never on payments.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jieqing.claims.receivables.engine.accounts import ItemKind, PostingKind
from jieqing.claims.receivables.engine.ledger_arrays import Ints, LedgerArrays

Floats = NDArray[np.float64]

LATE_DAYS_MAX = 180
HALF_LIFE_DAYS = 180
WEIGHT_MAX = 5.0
VERY_LATE_DAYS = 30
RECENT_DAYS = 90
YEAR_DAYS = 365
DEFAULT_DAYS = 90
_MONEY_IN = (PostingKind.PAYMENT, PostingKind.SET_OFF, PostingKind.ACCEPTANCE_BILL)


@dataclass(frozen=True, slots=True)
class Norms:
    """What a site's debtors are like on average: what a thin history leans on. Kept with each revaluation."""

    typical_minor: tuple[float, ...]
    late_days: float
    very_late_share: float

    def as_dict(self) -> dict[str, object]:
        return {
            "typical_minor": [round(value) for value in self.typical_minor],
            "late_days_hundredths": round(self.late_days * 100),
            "very_late_millionths": round(self.very_late_share * 1_000_000),
        }


@dataclass(frozen=True, slots=True)
class ItemView:
    """Each item's part in its debtor's behaviour at a day; amounts in minor units."""

    is_invoice: NDArray[np.bool_]
    open_minor: Ints
    days_past_due: Ints
    known_minor: Floats
    late_minor_days: Floats
    very_late_minor: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One entry per debtor. Sums are weighed in typical invoices."""

    known: Floats
    late: Floats
    very_late: Floats
    recent_known: Floats
    recent_late: Floats
    worst_days: Ints
    defaulted: Floats
    credited: Floats
    invoiced_year: Floats
    invoices_due: Ints
    open_minor: Ints
    overdue_minor: Ints


def typical_amounts(ledger: LedgerArrays, day: int) -> tuple[float, ...]:
    """The mean invoice of each currency, of those issued by the day; 1 where there is none."""
    chosen = _invoices(ledger, day)
    found = []
    for currency in range(len(ledger.currencies)):
        own = ledger.amount_minor[chosen & (ledger.currency == currency)]
        found.append(own.mean().item() if len(own) else 1.0)
    return tuple(found)


def item_view(ledger: LedgerArrays, day: int, typical: tuple[float, ...]) -> ItemView:
    is_invoice = _invoices(ledger, day)
    open_minor = ledger.open_minor(day)
    past_due = day - ledger.due_on
    of_item = ledger.posting_item
    pays = np.isin(ledger.posting_kind, [kind.value for kind in _MONEY_IN]) & (ledger.posting_on <= day)
    paid = np.where(pays, -ledger.posting_minor, 0).astype(np.float64)
    days_late = np.clip(ledger.posting_on - ledger.due_on[of_item], 0, LATE_DAYS_MAX)
    paid_minor = _by_item(ledger, paid)
    paid_late = _by_item(ledger, paid * days_late)
    paid_very_late = _by_item(ledger, paid * (days_late > VERY_LATE_DAYS))
    overdue = np.where(is_invoice & (past_due > 0), np.maximum(open_minor, 0), 0).astype(np.float64)
    capped = np.clip(past_due, 0, LATE_DAYS_MAX)
    typical_of = np.array(typical or (1.0,))[ledger.currency] if ledger.items else np.zeros(0)
    amount = np.maximum(ledger.amount_minor, 1).astype(np.float64)
    value = np.minimum(amount / np.maximum(typical_of, 1.0), WEIGHT_MAX)
    decay = np.exp2(-np.maximum(past_due, 0) / HALF_LIFE_DAYS)
    return ItemView(
        is_invoice=is_invoice,
        open_minor=open_minor,
        days_past_due=past_due,
        known_minor=paid_minor + overdue,
        late_minor_days=paid_late + overdue * capped,
        very_late_minor=paid_very_late + overdue * (past_due > VERY_LATE_DAYS),
        weight=np.where(is_invoice, value * decay / amount, 0.0),
    )


def behaviour(ledger: LedgerArrays, day: int, typical: tuple[float, ...]) -> Behaviour:
    view = item_view(ledger, day, typical)
    recent = (view.days_past_due >= 0) & (view.days_past_due < RECENT_DAYS)

    def total(values: Floats) -> Floats:
        found: Floats = np.bincount(ledger.debtor, weights=values, minlength=ledger.debtors).astype(
            np.float64
        )
        return found

    def whole(values: Ints) -> Ints:
        # Sums of fen stay exact: never through floating point.
        found = np.zeros(ledger.debtors, np.int64)
        np.add.at(found, ledger.debtor, values)
        return found

    plain = np.divide(1.0, np.array(typical or (1.0,)))[ledger.currency] if ledger.items else np.zeros(0)
    of_year = (day - ledger.invoice_on < YEAR_DAYS) & (ledger.invoice_on <= day)
    overdue_open = view.is_invoice & (view.open_minor > 0) & (view.days_past_due > 0)
    worst = np.zeros(ledger.debtors, np.int64)
    np.maximum.at(worst, ledger.debtor, np.where(overdue_open, view.days_past_due, 0))
    defaulted = np.where(overdue_open & (view.days_past_due > DEFAULT_DAYS), view.open_minor, 0)
    is_credit = (ledger.kind == ItemKind.CREDIT_NOTE) & of_year
    return Behaviour(
        known=total(view.known_minor * view.weight),
        late=total(view.late_minor_days * view.weight),
        very_late=total(view.very_late_minor * view.weight),
        recent_known=total(np.where(recent, view.known_minor * view.weight, 0.0)),
        recent_late=total(np.where(recent, view.late_minor_days * view.weight, 0.0)),
        worst_days=worst,
        defaulted=total(defaulted * plain),
        credited=total(np.where(is_credit, np.abs(ledger.amount_minor) * plain, 0.0)),
        invoiced_year=total(np.where(view.is_invoice & of_year, ledger.amount_minor * plain, 0.0)),
        invoices_due=np.bincount(
            ledger.debtor, weights=view.is_invoice & (view.days_past_due > 0), minlength=ledger.debtors
        ).astype(np.int64),
        open_minor=whole(np.where(ledger.invoice_on <= day, view.open_minor, 0)),
        overdue_minor=whole(np.where(overdue_open, view.open_minor, 0)),
    )


def norms_of(seen: Behaviour, typical: tuple[float, ...]) -> Norms:
    """The site's means over all debtors; a mild assumption (10 days, one in ten) where nothing fell due yet."""
    known = seen.known.sum().item()
    if known <= 0:
        return Norms(typical, 10.0, 0.10)
    return Norms(typical, seen.late.sum().item() / known, seen.very_late.sum().item() / known)


def _invoices(ledger: LedgerArrays, day: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (
        (ledger.kind == ItemKind.INVOICE) & (ledger.amount_minor > 0) & (ledger.invoice_on <= day)
    )
    return found


def _by_item(ledger: LedgerArrays, values: Floats) -> Floats:
    if not ledger.items:
        return np.zeros(0)
    found: Floats = np.add.reduceat(values, ledger.starts)
    return found
