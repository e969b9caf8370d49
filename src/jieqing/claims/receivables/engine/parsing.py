"""From a confirmed layout to the rows of the ledger: slices in, good, staged and skipped rows out.

Each slice is split three ways. Rows that cannot be items are skipped with their reason; plain rows are read in bulk;
the rest one by one. Both ways end in the same columns and the same digests. A file is never held as objects: a slice
of a hundred thousand rows is all that lives at once, and `parse_slices` hands them on as they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.bulk_rows import can_take, take_rows
from jieqing.claims.receivables.engine.column_kernels import TextCache
from jieqing.claims.receivables.engine.duplicates import split_duplicates
from jieqing.claims.receivables.engine.ledger_rows import GOOD_SCHEMA, ROW_SCHEMA, sealed
from jieqing.claims.receivables.engine.ledger_types import (
    Counts,
    Layout,
    ParsedLedger,
    RawSlice,
    ReadFile,
    SkippedRow,
    StagedRow,
    Table,
)
from jieqing.claims.receivables.engine.proposing import missing_fields
from jieqing.claims.receivables.engine.row_plan import RowPlan
from jieqing.claims.receivables.engine.row_problems import Fault
from jieqing.claims.receivables.engine.row_rules import ReadRow, read_row
from jieqing.claims.receivables.engine.skipping import (
    rows_without_receivable,
    skipped_row,
    split_above_header,
)
from jieqing.claims.receivables.engine.totals import RunningTotal
from jieqing.claims.receivables.engine.vocabulary import TITLES
from jieqing.kernel.currencies import EXPONENTS
from jieqing.kernel.outcomes import Problem


@dataclass
class Reader:
    """What lives from slice to slice: the texts already read and the running totals."""

    plan: RowPlan
    cache: TextCache = field(default_factory=TextCache)
    totals: RunningTotal = field(default_factory=RunningTotal)


def parse(
    read: ReadFile, layout: Layout, *, creditor: str, currency: str | None = None, salt: str | None = None
) -> ParsedLedger | Problem:
    """Return the whole file: duplicates found across all of it, its own totals compared.

    creditor: the stable id that scopes business keys. currency: the answer to "which currency?", used when neither the
    layout nor a column says; salt: mixed into every row digest, so that a digest cannot be guessed from a row.
    """
    plan = plan_of(read, layout, creditor=creditor, currency=currency, salt=salt)
    if isinstance(plan, Problem):
        return plan
    table = table_of(read, layout)
    reader = Reader(plan)
    pieces = list(_pieces(table, reader))
    whole = ParsedLedger(
        good=pl.concat([piece.good for piece in pieces]) if pieces else pl.DataFrame(schema=GOOD_SCHEMA),
        staged=tuple(row for piece in pieces for row in piece.staged),
        skipped=tuple(row for piece in pieces for row in piece.skipped),
        counts=Counts(0, 0, 0, 0, 0),
        totals=reader.totals.checks(plan),
    )
    return _without_duplicates(whole, table, plan)


def parse_slices(
    read: ReadFile, layout: Layout, *, creditor: str, currency: str | None = None, salt: str | None = None
) -> Iterator[ParsedLedger] | Problem:
    """Return the file piece by piece; duplicates are found inside a piece only, the last piece carries the totals."""
    plan = plan_of(read, layout, creditor=creditor, currency=currency, salt=salt)
    if isinstance(plan, Problem):
        return plan
    return _each_piece(table_of(read, layout), plan)


def _each_piece(table: Table, plan: RowPlan) -> Iterator[ParsedLedger]:
    reader = Reader(plan)
    waiting: ParsedLedger | None = None
    for piece in _pieces(table, reader):
        if waiting is not None:
            yield waiting
        waiting = _without_duplicates(piece, table, plan)
    if waiting is not None:
        yield replace(waiting, totals=reader.totals.checks(plan))


def reparse_row(
    cells: Sequence[str] | Mapping[int, str], layout: Layout, *, creditor: str, line_no: int,
    currency: str | None = None, salt: str | None = None,
) -> pl.DataFrame | tuple[Problem, ...]:  # fmt: skip
    """Return one corrected row as good rows (one of them), or the problems that are left.

    cells: the row's texts in the order of the file, or by column index.
    """
    if isinstance(cells, Mapping):
        cells = [cells.get(index, "") for index in range(max(cells, default=-1) + 1)]
    plan = RowPlan(layout, creditor, layout.currency or currency, salt)
    found = read_row(line_no, cells, plan)
    return _sealed([found], plan) if isinstance(found, ReadRow) else found


def rows_at(read: ReadFile, layout: Layout, lines: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the raw cells of the given lines, for rows that turn out to conflict after they were read."""
    return _cells_at(table_of(read, layout), lines)


def plan_of(
    read: ReadFile, layout: Layout, *, creditor: str, currency: str | None, salt: str | None
) -> RowPlan | Problem:
    """Return the plan of a layout, or what it still lacks. The layout's own currency beats the caller's."""
    chosen = layout.currency or currency
    if chosen is not None and chosen not in EXPONENTS:
        return Problem.of(problems.UNKNOWN_CURRENCY, currency=chosen)
    missing = missing_fields(replace(layout, currency=chosen))
    if missing == ("currency",):
        return Problem.of(problems.ASK_CURRENCY)
    if missing:
        title_zh, title_en = TITLES[missing[0]]
        return Problem.of(problems.MISSING_FIELD, field_zh=title_zh, field_en=title_en, field=missing[0])
    if layout.sheet is not None and layout.sheet not in {table.name for table in read.tables}:
        sheets = "、".join(table.name for table in read.tables)
        return Problem.of(problems.NO_SUCH_SHEET, sheet=layout.sheet, sheets=sheets)
    return RowPlan(layout, creditor, chosen, salt)


def table_of(read: ReadFile, layout: Layout) -> Table:
    return next((table for table in read.tables if table.name == layout.sheet), read.tables[0])


def _pieces(table: Table, reader: Reader) -> Iterator[ParsedLedger]:
    for raw in table.slices():
        yield _piece(raw, reader)


def _piece(raw: RawSlice, reader: Reader) -> ParsedLedger:
    plan = reader.plan
    above, below = split_above_header(raw, plan.layout)
    skipped = above + rows_without_receivable(below, plan)
    gone = [row.line_no for row in skipped]
    numbers = below.line_numbers
    keep = ~numbers.is_in(gone) if gone else pl.Series([True]).new_from_index(0, len(numbers))
    lines, cells = numbers.filter(keep), below.cells.filter(keep)
    parts: list[pl.DataFrame] = []
    rest = pl.Series([True]).new_from_index(0, len(lines))
    if can_take(plan) and len(lines):
        taken = take_rows(lines, cells, plan, reader.cache)
        rest = taken.rest | lines.is_in(list(raw.odd_rows)) if raw.odd_rows else taken.rest
        kept = taken.rows.filter(~pl.col("line_no").is_in(list(raw.odd_rows))) if raw.odd_rows else taken.rows
        parts.append(kept)
    read_rows, staged = _one_by_one(lines.filter(rest), cells.filter(rest), raw, plan)
    if read_rows:
        parts.append(_frame(read_rows))
    rows = pl.concat(parts).sort("line_no") if parts else pl.DataFrame(schema=ROW_SCHEMA)
    _count_totals(reader, rows, staged, skipped)
    good = sealed(rows, plan).select(GOOD_SCHEMA.keys())
    counts = Counts(len(raw.line_numbers), good.height, len(staged), len(skipped), 0)
    return ParsedLedger(good, tuple(staged), tuple(skipped), counts)


def _one_by_one(
    lines: pl.Series, cells: pl.DataFrame, raw: RawSlice, plan: RowPlan
) -> tuple[list[ReadRow], list[StagedRow]]:
    good: list[ReadRow] = []
    staged: list[StagedRow] = []
    for line, texts in zip(lines.to_list(), cells.iter_rows(), strict=True):
        code, texts = raw.odd_rows.get(line, (None, texts))
        found = read_row(line, texts, plan, code)
        if isinstance(found, ReadRow):
            good.append(found)
        else:
            staged.append(StagedRow(line, tuple(texts), found))
    return good, staged


def _frame(rows: Sequence[ReadRow]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            pl.Series(name, [getattr(row, name) for row in rows], dtype=kind)
            for name, kind in ROW_SCHEMA.items()
        ]
    )


def _sealed(rows: Sequence[ReadRow], plan: RowPlan) -> pl.DataFrame:
    return sealed(_frame(rows), plan).select(GOOD_SCHEMA.keys())


def _count_totals(
    reader: Reader, rows: pl.DataFrame, staged: Sequence[StagedRow], skipped: Sequence[SkippedRow]
) -> None:
    sums = rows.group_by("currency").agg(pl.col("written_minor").sum())
    for currency, minor in sums.iter_rows():
        reader.totals.add(currency, minor)
    for row in staged:
        reader.totals.add_staged(row.cells, reader.plan)
    reader.totals.stated += [row for row in skipped if row.reason == "total"]


def _without_duplicates(piece: ParsedLedger, table: Table, plan: RowPlan) -> ParsedLedger:
    good, duplicates, conflicts = split_duplicates(piece.good, plan)
    skipped, staged = list(piece.skipped), list(piece.staged)
    if duplicates or conflicts:
        cells = _cells_at(table, [*duplicates, *conflicts])
        skipped += [
            skipped_row(line, "duplicate", cells[line], first=first) for line, first in duplicates.items()
        ]
        for line, others in conflicts.items():
            shown = "、".join(str(other) for other in others)
            fault = Fault("row.same_key", {"lines": shown})
            staged.append(
                StagedRow(line, cells[line], (plan.problem(fault, line, "document_number", shown),))
            )
    skipped.sort(key=lambda row: row.line_no)
    staged.sort(key=lambda row: row.line_no)
    summed = piece.good.height - good.height - len(duplicates) - len(conflicts)
    lines = piece.good.height + len(piece.staged) + len(piece.skipped)
    counts = Counts(lines, good.height + summed, len(staged), len(skipped), len(duplicates))
    return replace(piece, good=good, staged=tuple(staged), skipped=tuple(skipped), counts=counts)


def _cells_at(table: Table, lines: Iterable[int]) -> dict[int, tuple[str, ...]]:
    wanted = sorted(set(lines))
    found: dict[int, tuple[str, ...]] = {}
    for raw in table.slices():
        hits = raw.line_numbers.is_in(wanted)
        for line, cells in zip(
            raw.line_numbers.filter(hits).to_list(), raw.cells.filter(hits).rows(), strict=True
        ):
            found[line] = tuple(cells)
        if len(found) == len(wanted):
            break
    return found
