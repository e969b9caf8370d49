"""Read a file into a sink, slice by slice: the first half of every import and preview.

While one slice is written the next is read. Twins and conflicts *across* slices show when a key comes twice; then (or when
lines of one document are to be added up) everything is rolled back and the file read again as a whole, where the engine
sees all rows at once and tells each what is wrong. So the common file is fast and the odd file is right.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

import polars as pl
from django.db import transaction

from jieqing.claims.receivables.engine.ledger_types import (
    Layout,
    ParsedLedger,
    ReadFile,
    SkippedRow,
    StagedRow,
    TotalCheck,
)
from jieqing.claims.receivables.engine.parsing import parse, parse_slices
from jieqing.claims.receivables.services.background import background
from jieqing.claims.receivables.services.invoice_checks import check_for
from jieqing.claims.receivables.services.merging import MeetsItself
from jieqing.claims.receivables.services.met_invoices import met_invoices
from jieqing.kernel.outcomes import Problem, is_problem

Progress = Callable[[int], None]
SAMPLE_ROWS = 20


@dataclass
class Staged:
    """What a file held: good rows by place, and those that did not become items."""

    keys: list[pl.DataFrame] = field(default_factory=list)
    waiting: list[StagedRow] = field(default_factory=list)
    skipped: list[SkippedRow] = field(default_factory=list)
    totals: tuple[TotalCheck, ...] = ()
    notices: list[Problem] = field(default_factory=list)
    good: int = 0
    lines: int = 0
    twins: int = 0
    sums: dict[str, tuple[int, int]] = field(default_factory=dict)
    sample: pl.DataFrame | None = None
    debtors: set[str] = field(default_factory=set)

    @property
    def digests(self) -> pl.Series:
        """The digests of the good rows by place."""
        return (
            pl.concat([frame["row_digest"] for frame in self.keys])
            if self.keys
            else pl.Series([], dtype=pl.Binary)
        )

    def amounts(self) -> dict[str, int]:
        return {currency: amount for currency, (amount, _paid) in sorted(self.sums.items())}

    def open_amounts(self) -> dict[str, int]:
        return {currency: amount - paid for currency, (amount, paid) in sorted(self.sums.items())}


class Sink(Protocol):
    """Where understood rows go: into the ledger, or into a comparison with it."""

    def begin(self) -> None: ...
    def put(self, good: pl.DataFrame, first_place: int) -> None: ...


def read_into(
    sink: Sink,
    read: ReadFile,
    layout: Layout,
    *,
    creditor: str,
    currency: str | None,
    progress: Progress | None = None,
    creditor_name: str = "",
) -> Staged | Problem:
    """Read a file into a sink. Returns a Problem when the layout cannot read the file at all."""
    check = check_for(layout, UUID(creditor), creditor_name) or met_invoices(UUID(creditor))
    if layout.multi_line != "sum":
        slices = parse_slices(read, layout, creditor=creditor, currency=currency)
        if is_problem(slices):
            return slices
        with suppress(MeetsItself), transaction.atomic():
            staged = _pour(sink, check.pieces(slices, read, layout) if check else slices, progress)
            if _meets_across_slices(staged):
                raise MeetsItself
            return staged
        sink.begin()
    whole = parse(read, layout, creditor=creditor, currency=currency)
    if is_problem(whole):
        return whole
    pieces = iter([whole])
    return _pour(sink, check.pieces(pieces, read, layout) if check else pieces, progress)


def _pour(sink: Sink, pieces: Iterator[ParsedLedger], progress: Progress | None) -> Staged:
    staged = Staged()
    with background() as worker:
        for piece in pieces:
            first_place = staged.good
            _take(staged, piece)
            if piece.good.height:
                worker.submit(sink.put, piece.good, first_place)
            if progress:
                progress(staged.lines)
    return staged


def _take(staged: Staged, piece: ParsedLedger) -> None:
    staged.lines += piece.counts.lines
    staged.twins += piece.counts.duplicates
    staged.waiting += piece.staged
    staged.skipped += piece.skipped
    staged.notices += piece.notices
    staged.totals = piece.totals or staged.totals
    if piece.good.is_empty():
        return
    staged.good += piece.good.height
    staged.debtors.update(piece.good["debtor_key"].unique().to_list())
    staged.keys.append(piece.good.select("business_key", "row_digest"))
    if staged.sample is None:
        staged.sample = piece.good.head(SAMPLE_ROWS)
    sums = piece.good.group_by("currency").agg(pl.col("amount_minor").sum(), pl.col("paid_minor").sum())
    for currency, amount, paid in sums.iter_rows():
        known_amount, known_paid = staged.sums.get(currency, (0, 0))
        staged.sums[currency] = (known_amount + amount, known_paid + paid)


def _meets_across_slices(staged: Staged) -> bool:
    """Whether one document stands in two slices; inside a slice the engine has settled it already."""
    if len(staged.keys) < 2:
        return False
    keys = pl.concat([frame["business_key"] for frame in staged.keys])
    return keys.n_unique() < keys.len()


def without_places(digests: pl.Series, places: Iterable[int]) -> bytes:
    """The digests end to end, without those at the given places."""
    gone = list(places)
    if gone:
        kept = ~pl.int_range(digests.len(), eager=True).is_in(gone)
        digests = digests.filter(kept)
    return b"".join(digests.to_list())
