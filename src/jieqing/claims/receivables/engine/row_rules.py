"""One row as an item of the ledger, or all the problems that keep it from being one: the definition.

The bulk path (`bulk_rows`) must give the same answer for every row it takes; the property test compares both.

Sign, kind and paid part: `row_amounts`. A settlement date without paid part or balance means paid in full on that day.
A day of payment before the invoice's (a prepayment) counts from the invoice date and is flagged, so that an item is
never settled before it exists.

Dates. Without an invoice date the posting date stands in. Without a due date the credit days give one; without those the
due date stays empty and `due_is_fallback` says that ageing falls back to the invoice date.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jieqing.claims.receivables.engine.cell_amounts import currency_of_amount
from jieqing.claims.receivables.engine.cell_texts import (
    parse_currency,
    parse_days,
    parse_extra,
    parse_identifier,
    parse_text,
)
from jieqing.claims.receivables.engine.invoice_types import FAULT_COLUMN, sum_fault
from jieqing.claims.receivables.engine.row_amounts import Sum, sum_of_row
from jieqing.claims.receivables.engine.row_plan import RowPlan
from jieqing.claims.receivables.engine.row_problems import Fault
from jieqing.claims.receivables.engine.row_reading import RowReading
from jieqing.kernel.outcomes import JSON, Problem

PLAUSIBLE = timedelta(days=366)
DUE_LATEST = timedelta(days=3_653)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that is an item. Names are those of ledger_rows.ROW_SCHEMA."""

    line_no: int
    debtor_code: str | None
    debtor_name: str
    document_number: str | None
    kind: str
    currency: str
    amount_minor: int
    invoice_on: date
    due_on: date | None
    posting_on: date | None
    due_is_fallback: bool
    settled_on: date | None
    paid_minor: int
    paid_on: date | None
    memo: str | None
    extras: str
    flags: str
    written_minor: int


def read_row(
    line_no: int, cells: Sequence[str], plan: RowPlan, odd_code: str | None = None
) -> ReadRow | tuple[Problem, ...]:
    """Return the item a row holds, or every problem found in it."""
    row = RowReading(line_no, cells, plan)
    overflow = [cell for cell in cells[plan.named_width :] if cell.strip()]
    if odd_code is None and overflow:
        odd_code = "row.too_many_cells"
    if odd_code is not None:
        if odd_code.startswith("invoice."):
            row.fail(Fault(odd_code), "row", cells[FAULT_COLUMN])
            return tuple(row.problems)
        words = {"found": max(len(cells), plan.named_width + len(overflow)), "expected": plan.named_width}
        row.fail(Fault(odd_code, dict(words)), "row", " | ".join(cells))
        return tuple(row.problems)
    mangled = plan.accepts("id.mangled")
    code = row.text("debtor_code", parse_identifier(row.cell("debtor_code"), accepts_mangled=mangled))
    name = row.text("debtor_name", parse_text(row.cell("debtor_name")))
    if code is None and name is None and not row.problems:
        row.fail(Fault("cell.missing"), "debtor")
    number = row.text(
        "document_number", parse_identifier(row.cell("document_number"), accepts_mangled=mangled)
    )
    if number is None and plan.has("document_number") and not row.failed("document_number"):
        row.fail(Fault("cell.missing"), "document_number")
    memo = row.text("memo", parse_text(row.cell("memo")) if row.cell("memo").strip() else None)
    currency = _currency(row)
    total = sum_of_row(row, currency or "CNY", memo)
    invoice_on, posting_on, due_on = _days(row)
    settled_on, paid_on = row.day("settled_on"), row.day("paid_on")
    extras = _extras(row)
    if total is not None and invoice_on is not None:
        paid, paid_on = _paid(row, total, settled_on, paid_on, invoice_on)
    _check_invoice(row)
    if row.problems or total is None or invoice_on is None or currency is None:
        return tuple(row.problems)
    return ReadRow(
        line_no, code, name or code or "", number, total.kind, currency, total.amount, invoice_on, due_on, posting_on,
        due_on is None, settled_on, paid, paid_on, memo, extras, " ".join(sorted(row.flags)), total.written,
    )  # fmt: skip


def _check_invoice(row: RowReading) -> None:
    """An e-invoice adds up, also after a person corrected it; an untouched one was asked when its file was read."""
    parts = row.plan.invoice_parts
    if parts is None or len(row.cells) <= max(parts):
        return
    wrong = sum_fault(*(row.cells[index] for index in parts))
    if wrong is not None:
        row.fail(Fault(wrong.code), "amount", wrong.shown)


def _currency(row: RowReading) -> str | None:
    """Return the currency of the row: its column's, else the file's, else the one its own amount names."""
    if not row.plan.has("currency"):
        if row.plan.currency is not None:
            return row.plan.currency
        for name in ("amount", "balance", "debit", "credit"):
            named = currency_of_amount(row.cell(name)) if row.plan.has(name) else None
            if named is not None:
                return named
        row.fail(Fault("currency.missing"), "currency")
        return None
    found = parse_currency(row.cell("currency"))
    if found is None and row.plan.currency is not None:
        return row.plan.currency
    if isinstance(found, Fault) or found is None:
        row.fail(found or Fault("currency.missing"), "currency")
        return None
    return found


def _days(row: RowReading) -> tuple[date | None, date | None, date | None]:
    """Return invoice, posting and due day; the stand-ins as the module says."""
    invoice_on, posting_on, due_on = row.day("invoice_on"), row.day("posting_on"), row.day("due_on")
    if invoice_on is None and not row.failed("invoice_on"):
        invoice_on = posting_on
        if invoice_on is not None and row.plan.has("invoice_on"):
            row.flags.add("invoice_from_posting")
        if invoice_on is None and not row.plan.has("invoice_on", "posting_on"):
            invoice_on = due_on
        missing = next(name for name in ("invoice_on", "posting_on", "due_on") if row.plan.has(name))
        if invoice_on is None and not row.failed(missing):
            row.fail(Fault("cell.missing"), missing)
    if invoice_on is None:
        return None, posting_on, due_on
    if due_on is None and not row.failed("due_on") and row.cell("credit_days").strip():
        days = parse_days(row.cell("credit_days"))
        if isinstance(days, Fault):
            row.fail(days, "credit_days")
        elif days is not None:
            due_on = invoice_on + timedelta(days=days)
            row.flags.add("due_from_credit_days")
    if due_on is not None:
        _check_due(row, invoice_on, due_on)
    return invoice_on, posting_on, due_on


def _check_due(row: RowReading, invoice_on: date, due_on: date) -> None:
    words: dict[str, JSON] = {"due": due_on.isoformat(), "invoice": invoice_on.isoformat()}
    if due_on < invoice_on:
        row.flags.add("due_before_invoice")
        if due_on < invoice_on - PLAUSIBLE and not row.plan.accepts("row.due_before_invoice"):
            row.fail(Fault("row.due_before_invoice", dict(words)), "due_on")
    elif due_on > invoice_on + DUE_LATEST:
        row.flags.add("due_far")
        if not row.plan.accepts("row.due_far"):
            row.fail(Fault("row.due_far", dict(words)), "due_on")


def _paid(
    row: RowReading, total: Sum, settled_on: date | None, paid_on: date | None, invoice_on: date
) -> tuple[int, date | None]:
    """Return what was paid of the item and on which day; the day is None when the file does not tell."""
    paid, day = total.paid, paid_on or settled_on
    if paid is None:
        paid = total.amount if day is not None else 0
    elif paid == 0 and settled_on is not None and total.amount:
        row.flags.add("settled_but_open")
    if paid and (paid < 0) != (total.amount < 0) and total.amount:
        row.flags.add("paid_sign")
        if not row.plan.accepts("row.paid_sign"):
            row.fail(
                Fault(
                    "row.paid_sign",
                    {"paid": _major(row, "paid", paid), "amount": _major(row, "amount", total.amount)},
                ),
                "row",
            )
    elif abs(paid) > abs(total.amount):
        row.flags.add("overpaid")
        if not row.plan.accepts("row.overpaid"):
            row.fail(
                Fault(
                    "row.overpaid",
                    {"paid": _major(row, "paid", paid), "amount": _major(row, "amount", total.amount)},
                ),
                "row",
            )
    if not paid:
        return 0, None
    if day is not None and day < invoice_on:
        row.flags.add("paid_before_invoice")
        if day < invoice_on - PLAUSIBLE and not row.plan.accepts("row.settled_before_invoice"):
            words: dict[str, JSON] = {
                "settled": day.isoformat(),
                "invoice": invoice_on.isoformat(),
            }
            row.fail(Fault("row.settled_before_invoice", dict(words)), "paid_on" if paid_on else "settled_on")
        day = invoice_on
    return paid, day


def _major(row: RowReading, name: str, minor: int) -> str:
    return row.cell(name).strip() or f"{minor / 100:.2f}"


def _extras(row: RowReading) -> str:
    """Return the columns without a field as canonical JSON; blank ones are left out."""
    kept: dict[str, str] = {}
    for index, key in row.plan.extras:
        found = parse_extra(row.cells[index]) if index < len(row.cells) else None
        if isinstance(found, Fault):
            row.problems.append(row.plan.problem(found, row.line_no, key, row.cells[index]))
        elif found is not None:
            row.flags.update(found.flags)
            kept[key] = found.value
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
