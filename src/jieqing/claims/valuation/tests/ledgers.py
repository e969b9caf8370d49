"""Small ledgers as columns, and the two public ones of the back-test."""

import csv
from datetime import date, datetime
from pathlib import Path

import numpy as np

from jieqing.claims.receivables.engine.ledger_arrays import LedgerArrays, arrange, day_number
from jieqing.claims.receivables.engine.synthetic import ledger_documents

Row = tuple[str, date, date, int, list[tuple[date, int]]]


def arrays_of(rows: list[Row]) -> LedgerArrays:
    """Rows of (debtor, invoice day, due day, amount, payments) in CNY, keyed by place."""
    debtors = {name: at for at, name in enumerate(sorted({row[0] for row in rows}))}
    columns: dict[str, list[int]] = {
        name: []
        for name in (
            "item_key", "debtor", "creditor", "currency", "item_kind", "amount_minor", "due_on", "invoice_on",
            "minor", "on", "kind",
        )
    }  # fmt: skip
    for key, (debtor, invoice_on, due_on, amount, payments) in enumerate(rows):
        postings = [(invoice_on, amount, 1 if amount > 0 else 2)]
        postings += [(on, -paid, 3) for on, paid in payments]
        for on, minor, kind in postings:
            for name, value in (
                ("item_key", key), ("debtor", debtors[debtor]), ("creditor", 999), ("currency", 1),
                ("item_kind", 1 if amount > 0 else 2), ("amount_minor", amount), ("due_on", day_number(due_on)),
                ("invoice_on", day_number(invoice_on)), ("minor", minor), ("on", day_number(on)), ("kind", kind),
            ):  # fmt: skip
                columns[name].append(value)
    return arrange({name: np.array(values, np.int64) for name, values in columns.items()}, {1: "CNY"})


def ibm_ar(path: Path) -> LedgerArrays:
    """The public sample: every invoice settled once, in full; nothing that is known only afterwards is kept but the payment."""

    def day(text: str) -> date:
        return datetime.strptime(text, "%m/%d/%Y").date()

    with path.open(encoding="utf-8-sig") as file:
        return arrays_of(
            [
                (
                    row["customerID"], day(row["InvoiceDate"]), day(row["DueDate"]),
                    round(100 * float(row["InvoiceAmount"])),
                    [(day(row["SettledDate"]), round(100 * float(row["InvoiceAmount"])))],
                )
                for row in csv.DictReader(file)
            ]
        )  # fmt: skip


def seeded(*, seed: int, until: date, invoices: int, debtors: int) -> LedgerArrays:
    """The demonstration ledger's own documents, in CNY."""
    rows: list[Row] = []
    for one in ledger_documents(seed=seed, until=until, invoices=invoices, debtors=debtors):
        if one.debtor.currency != "CNY":
            continue
        payments = [(one.paid_on, one.paid_minor)] if one.paid_on and one.paid_minor > 0 else []
        rows.append((one.debtor.name, one.issued_on, one.due_on or one.issued_on, one.minor, payments))
    return arrays_of(rows)
