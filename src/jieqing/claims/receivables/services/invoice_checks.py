"""E-invoices against the ledger, before anything is merged: what is known is not entered again, and nothing is overwritten.

An ERP export knows an invoice under its number and perhaps a customer code, the invoice itself under the buyer's name: two
business keys, one document. So e-invoices are compared by their number within the creditor's books: the same amount, day
and buyer, and the row is known; a difference, and it waits with both sides in words. Other tables are not touched by this.

An invoice that somebody issued *to* the creditor is a payable and waits; a seller who is neither is a warning, because a
site's name and the name in the trade register may differ.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import polars as pl

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receivables.engine import ledger_problems as problems
from jieqing.claims.receivables.engine.invoice_tables import is_invoice_layout
from jieqing.claims.receivables.engine.ledger_types import (
    Layout,
    ParsedLedger,
    ReadFile,
    SkippedRow,
    StagedRow,
)
from jieqing.claims.receivables.engine.parsing import rows_at
from jieqing.claims.receivables.engine.row_problems import Fault, cell_problem
from jieqing.claims.receivables.engine.vocabulary import TITLES
from jieqing.claims.receivables.models import Item
from jieqing.kernel.money import plain_amount
from jieqing.kernel.outcomes import Problem

NAMES_SHOWN = 3
_CHUNK = 2_000


@dataclass
class InvoiceCheck:
    """One import's check. ``sellers`` gathers names that are not the creditor's, for one warning over the file."""

    creditor_id: UUID
    creditor_name: str
    sellers: set[str] = field(default_factory=set)

    def pieces(
        self, pieces: Iterator[ParsedLedger], read: ReadFile, layout: Layout
    ) -> Iterator[ParsedLedger]:
        """The same pieces without what must not enter. All of it before the first is written: both use one connection."""
        done = [self.piece(piece, read, layout) for piece in pieces]
        if done and self.sellers:
            names = "、".join(sorted(self.sellers)[:NAMES_SHOWN])
            notice = Problem.of(problems.OTHER_SELLER, sellers=names, creditor=self.creditor_name)
            done[0] = replace(done[0], notices=(*done[0].notices, notice))
        return iter(done)

    def piece(self, piece: ParsedLedger, read: ReadFile, layout: Layout) -> ParsedLedger:
        rows = piece.good.to_dicts()
        known = _known_items(self.creditor_id, {row["document_number"] for row in rows})
        verdicts = {row["line_no"]: self.verdict(row, known) for row in rows}
        told = {line: one for line, one in verdicts.items() if isinstance(one, Problem)}
        cells = rows_at(read, layout, told) if told else {}
        waiting = [StagedRow(line, cells[line], (one,)) for line, one in told.items()]
        same = [_known_row(row) for row in rows if verdicts[row["line_no"]] is True]
        gone = [one.line_no for one in waiting] + [one.line_no for one in same]
        if not gone:
            return piece
        counts = replace(
            piece.counts,
            good=piece.counts.good - len(gone),
            staged=piece.counts.staged + len(waiting),
            skipped=piece.counts.skipped + len(same),
            duplicates=piece.counts.duplicates + len(same),
        )
        return replace(
            piece,
            good=piece.good.filter(~pl.col("line_no").is_in(gone)),
            staged=tuple(sorted((*piece.staged, *waiting), key=lambda one: one.line_no)),
            skipped=tuple(sorted((*piece.skipped, *same), key=lambda one: one.line_no)),
            counts=counts,
        )

    def verdict(self, row: dict[str, Any], known: dict[str, list[Item]]) -> Problem | bool:
        """Why a row waits; else whether the ledger holds it already."""
        seller = json.loads(row["extras"]).get("销售方名称", "")
        own = name_key(self.creditor_name)
        if name_key(seller) != own:
            if name_key(row["debtor_name"]) == own:
                return _problem("invoice.purchase", row, seller)
            if seller:
                self.sellers.add(seller)
        items = known.get(row["document_number"], ())
        if not items:
            return False
        told = [_differences(row, item) for item in items]
        return True if [] in told else differs(row, told[0])


def check_for(layout: Layout, creditor_id: UUID, creditor_name: str) -> InvoiceCheck | None:
    """The check of a file's rows; None for tables that are no e-invoices."""
    return InvoiceCheck(creditor_id, creditor_name) if is_invoice_layout(layout) else None


def _known_items(creditor_id: UUID, numbers: set[str]) -> dict[str, list[Item]]:
    wanted = sorted(numbers)
    found: dict[str, list[Item]] = defaultdict(list)
    for start in range(0, len(wanted), _CHUNK):
        rows = Item.objects.filter(
            creditor_id=creditor_id, withdrawn_rev=None, document_number__in=wanted[start : start + _CHUNK]
        )
        for item in rows.select_related("debtor").order_by("id"):
            found[item.document_number].append(item)
    return found


def _differences(row: dict[str, Any], item: Item) -> list[tuple[str, str]]:
    """What the ledger and the invoice say differently, in Chinese and English; empty when they agree."""
    told = money_and_day(row, item)
    tax_id = json.loads(row["extras"]).get("购买方税号", "")
    is_buyer = name_key(item.debtor.name) == name_key(row["debtor_name"])
    if not is_buyer and not (tax_id and item.debtor.code == tax_id):
        old, new = item.debtor.name or item.debtor.code, row["debtor_name"]
        told.append((f"购买方账本 {old}、发票 {new}", f"buyer {old} in the ledger, {new} on the invoice"))
    return told


def money_and_day(row: dict[str, Any], item: Item) -> list[tuple[str, str]]:
    """What a row and an item say differently about amount and day."""
    told = []
    ours, theirs = (item.amount_minor, item.currency), (row["amount_minor"], row["currency"])
    if ours != theirs:
        old, new = (f"{plain_amount(minor, code)} {code}" for minor, code in (ours, theirs))
        told.append((f"金额账本 {old}、新文件 {new}", f"amount {old} in the ledger, {new} in this file"))
    if item.invoice_on != row["invoice_on"]:
        old, new = item.invoice_on.isoformat(), row["invoice_on"].isoformat()
        told.append((f"开票日期账本 {old}、新文件 {new}", f"date {old} in the ledger, {new} in this file"))
    return told


def differs(row: dict[str, Any], told: Sequence[tuple[str, str]]) -> Problem:
    number = row["document_number"]
    zh = f"{number}，{'；'.join(zh for zh, _en in told)}"
    en = f"{number}, {'; '.join(en for _zh, en in told)}"
    return _problem("invoice.differs", row, zh, en)


def _problem(code: str, row: dict[str, Any], zh: str, en: str = "") -> Problem:
    line = row["line_no"]
    in_zh, in_en = (
        cell_problem(
            Fault(code), line_no=line, field_name="document_number", header="", value=one, title=TITLES["row"]
        )
        for one in (zh, en or zh)
    )
    return replace(in_zh, en=in_en.en)


def _known_row(row: dict[str, Any]) -> SkippedRow:
    number = row["document_number"]
    return SkippedRow(
        row["line_no"],
        "known",
        (number, row["debtor_name"]),
        f"第 {row['line_no']} 行的发票 {number} 账本里已有，金额、日期和购买方都一致。",
        f"Line {row['line_no']}: the ledger holds invoice {number} already, with the same amount, date and buyer.",
    )


def check_corrected(check: InvoiceCheck, good: pl.DataFrame) -> pl.DataFrame | tuple[Problem, ...]:
    """One corrected row, as ``reparse_row`` gave it, asked again: it may enter, or what keeps it waiting."""
    [row] = good.to_dicts()
    verdict = check.verdict(row, _known_items(check.creditor_id, {row["document_number"]}))
    if verdict is True:
        return (_problem("invoice.known", row, row["document_number"]),)
    return (verdict,) if isinstance(verdict, Problem) else good
