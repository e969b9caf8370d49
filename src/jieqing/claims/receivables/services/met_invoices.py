"""A table that comes after its e-invoices: a row whose invoice is in the ledger already meets it, and makes no second item.

The invoice is known under the buyer's name, the export under a customer code: two business keys, one document. A row with an
e-invoice's number, kind, amount, currency, day and buyer takes that item's key, so the import treats it as what it is: the
same document, corrected by what only the books know (due day, customer, payments). A row that says something else about a
known number waits with both sides in words. ``invoice_checks`` does the same for e-invoices that come after a table.

The e-invoices of the creditor are read once, before the first row is written: both use one connection.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import polars as pl

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receivables.engine.accounts import ITEM_KIND_CODES
from jieqing.claims.receivables.engine.ledger_types import Layout, ParsedLedger, ReadFile, StagedRow
from jieqing.claims.receivables.engine.parsing import rows_at
from jieqing.claims.receivables.models import EInvoice, Item
from jieqing.claims.receivables.services.invoice_checks import differs, money_and_day
from jieqing.kernel.outcomes import Problem


@dataclass(frozen=True, slots=True)
class Known:
    """An item that an e-invoice brought, and the buyer's tax number that the invoice gave."""

    item: Item
    tax_id: str

    @property
    def key(self) -> bytes:
        return self.item.business_key.bytes


@dataclass
class MetInvoices:
    """One import's meeting with the e-invoices of its creditor; ``met`` are items that a row has taken already."""

    known: dict[str, list[Known]]
    met: set[UUID] = field(default_factory=set)

    def pieces(
        self, pieces: Iterator[ParsedLedger], read: ReadFile, layout: Layout
    ) -> Iterator[ParsedLedger]:
        self.met.clear()
        return (self.piece(one, read, layout) for one in pieces)

    def piece(self, piece: ParsedLedger, read: ReadFile, layout: Layout) -> ParsedLedger:
        rows = piece.good.filter(pl.col("document_number").is_in(list(self.known))).to_dicts()
        verdicts = {row["line_no"]: self.verdict(row) for row in rows}
        told = {line: one for line, one in verdicts.items() if isinstance(one, Problem)}
        keys = {line: one for line, one in verdicts.items() if isinstance(one, bytes)}
        if not told and not keys:
            return piece
        cells = rows_at(read, layout, told) if told else {}
        waiting = [StagedRow(line, cells[line], (one,)) for line, one in told.items()]
        return replace(
            piece,
            good=_with_keys(piece.good.filter(~pl.col("line_no").is_in(list(told))), keys),
            staged=tuple(sorted((*piece.staged, *waiting), key=lambda one: one.line_no)),
            counts=replace(
                piece.counts,
                good=piece.counts.good - len(waiting),
                staged=piece.counts.staged + len(waiting),
            ),
        )

    def verdict(self, row: dict[str, Any]) -> bytes | Problem | None:
        """The key of the item that a row is about, why it waits, or None: nothing to say."""
        kind = ITEM_KIND_CODES[row["kind"]].value
        found = [one for one in self.known[row["document_number"]] if one.item.kind == kind]
        if not found or any(one.key == bytes(row["business_key"]) for one in found):
            return None
        told = [_differences(row, one) for one in found]
        for one, differences in zip(found, told, strict=True):
            if not differences and one.item.id not in self.met:
                self.met.add(one.item.id)
                return one.key
        twice = ("已有另一行登记了这张发票", "another line stands for this invoice already")
        return differs(row, next((one for one in told if one), [twice]))


def met_invoices(creditor_id: UUID) -> MetInvoices | None:
    """The e-invoices in a creditor's books; None where there are none, which costs one question."""
    tax_ids = dict(EInvoice.objects.order_by("id").values_list("item_id", "buyer_tax_id"))
    if not tax_ids:
        return None
    known: dict[str, list[Known]] = defaultdict(list)
    brought = Item.objects.filter(
        creditor_id=creditor_id, withdrawn_rev=None, id__in=EInvoice.objects.values("item_id")
    )
    for item in brought.select_related("debtor").order_by("id"):
        known[item.document_number].append(Known(item, tax_ids[item.id]))
    return MetInvoices(dict(known)) if known else None


def meet_corrected(met: MetInvoices, good: pl.DataFrame) -> pl.DataFrame | tuple[Problem, ...]:
    """One corrected row: with the key of the invoice that it meets, or what keeps it waiting."""
    [row] = good.to_dicts()
    verdict = met.verdict(row) if row["document_number"] in met.known else None
    if isinstance(verdict, Problem):
        return (verdict,)
    return _with_keys(good, {row["line_no"]: verdict}) if verdict else good


def _differences(row: dict[str, Any], known: Known) -> list[tuple[str, str]]:
    told = money_and_day(row, known.item)
    name, code = row["debtor_name"] or "", row["debtor_code"] or ""
    is_buyer = bool(name) and name_key(name) == name_key(known.item.debtor.name)
    if not is_buyer and not (code and code in (known.tax_id, known.item.debtor.code)):
        old, new = known.item.debtor.name or known.item.debtor.code, name or code
        told.append((f"购买方账本 {old}、本行 {new}", f"buyer {old} in the ledger, {new} in this line"))
    return told


def _with_keys(good: pl.DataFrame, keys: dict[int, bytes]) -> pl.DataFrame:
    if not keys:
        return good
    own = zip(good["line_no"], good["business_key"], strict=True)
    return good.with_columns(
        pl.Series("business_key", [keys.get(line, key) for line, key in own], dtype=pl.Binary)
    )
