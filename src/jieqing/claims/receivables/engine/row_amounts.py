"""What the amount columns of a row say together: which kind of item, how much, how much of it is paid.

A positive amount is an invoice, a negative one a credit note. A document type may say more: a receipt is an unapplied
payment and a red or return document a credit note, whichever sign the source writes. In two-sided ledgers the debit
is an invoice; a credit is a payment unless its type or memo says that it is a credit note; both on one row are an
invoice and what was paid of it.

An open balance beats everything: paid = amount - balance, and a paid column that says otherwise is a problem. Without
an amount, the balance (and what was paid) make it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from jieqing.claims.receivables.engine import vocabulary
from jieqing.claims.receivables.engine.cell_texts import fold
from jieqing.claims.receivables.engine.ledger_types import (
    KIND_CREDIT_NOTE,
    KIND_INVOICE,
    KIND_UNAPPLIED_PAYMENT,
)
from jieqing.claims.receivables.engine.row_problems import Fault
from jieqing.claims.receivables.engine.row_reading import RowReading
from jieqing.kernel.outcomes import JSON

CREDIT = re.compile(vocabulary.CREDIT_TYPES, re.I)
PAYMENT = re.compile(vocabulary.PAYMENT_TYPES, re.I)
INVOICE = re.compile(vocabulary.INVOICE_TYPES, re.I)


@dataclass(frozen=True, slots=True)
class Sum:
    """What the amount columns say together. written: the amount as the file writes it, for the file's own total."""

    kind: str
    amount: int
    paid: int | None
    written: int


def sum_of_row(row: RowReading, currency: str, memo: str | None) -> Sum | None:
    sort = document_sort(row.cell("document_type"))
    if row.plan.has("direction") and fold(row.cell("direction")).lower() in vocabulary.CREDIT_SIDES:
        amount = row.amount("amount", currency)
        if amount is None and not row.failed("amount"):
            row.fail(Fault("cell.missing"), "amount")
        if amount is None or amount < 0:
            return None if amount is None else Sum(KIND_INVOICE, -amount, None, amount)
        kind = KIND_CREDIT_NOTE if _is_note(row, sort, memo or "") else KIND_UNAPPLIED_PAYMENT
        return Sum(kind, -amount, None, amount)
    if row.plan.has("amount", "balance"):
        return _one_sided(row, currency, sort)
    return _two_sided(row, currency, sort, memo or "")


def _is_note(row: RowReading, sort: str, memo: str) -> bool:
    """Say whether a credit is a note rather than a payment: by its type, else by its memo."""
    if sort or row.cell("document_type").strip():
        return sort == "credit" or bool(INVOICE.search(row.cell("document_type").strip()))
    return bool(CREDIT.search(memo))


@lru_cache(maxsize=4_096)
def document_sort(text: str) -> str:
    """Return what a document type says: credit, payment, or "" when the sign decides.

    Example: document_sort("红字发票") == "credit"; document_sort("收款单") == "payment"; document_sort("销售发票") == ""
    """
    plain = text.strip()
    if CREDIT.search(plain):
        return "credit"
    return "payment" if PAYMENT.search(plain) and not INVOICE.search(plain) else ""


def _one_sided(row: RowReading, currency: str, sort: str) -> Sum | None:
    amount = row.amount("amount", currency)
    paid, balance = row.amount("paid", currency), row.amount("balance", currency)
    if any(row.failed(name) for name in ("amount", "paid", "balance")):
        return None
    written = amount
    if amount is None:
        if balance is None:
            row.fail(Fault("cell.missing"), "amount" if row.plan.has("amount") else "balance")
            return None
        amount, written = balance + (paid or 0), balance
        if row.plan.has("amount"):
            row.flags.add("amount_from_balance")
    elif balance is not None:
        if paid is not None and amount - paid != balance and amount + paid != balance:
            row.flags.add("amounts_disagree")
            if not row.plan.accepts("row.amounts_disagree"):
                words = {"amount": str(amount), "paid": str(paid), "balance": str(balance)}
                row.fail(Fault("row.amounts_disagree", _shown(row, words)), "row")
                return None
        paid = amount - balance
    if sort and amount > 0:
        amount, paid = -amount, None if paid is None else -paid
    kind = KIND_INVOICE if amount >= 0 else KIND_UNAPPLIED_PAYMENT if sort == "payment" else KIND_CREDIT_NOTE
    return Sum(kind, amount, paid, written or 0)


def _shown(row: RowReading, words: dict[str, str]) -> dict[str, JSON]:
    return {name: row.cell(name).strip() or value for name, value in words.items()}


def _two_sided(row: RowReading, currency: str, sort: str, memo: str) -> Sum | None:
    debit, credit = row.amount("debit", currency), row.amount("credit", currency)
    if row.failed("debit") or row.failed("credit"):
        return None
    if debit is None and credit is None:
        row.fail(Fault("cell.missing"), "amount")
        return None
    debit, credit = debit or 0, credit or 0
    if credit < 0 or (debit < 0 and credit):
        row.fail(
            Fault("row.both_sides"), "row", f"{row.cell('debit').strip()} / {row.cell('credit').strip()}"
        )
        return None
    if debit:
        kind = KIND_INVOICE if debit > 0 else KIND_CREDIT_NOTE
        return Sum(kind, debit, credit or None, debit)
    if not credit:
        return Sum(KIND_INVOICE, 0, None, 0)
    return Sum(KIND_CREDIT_NOTE if _is_note(row, sort, memo) else KIND_UNAPPLIED_PAYMENT, -credit, None, 0)
