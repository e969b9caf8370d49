"""Which rows of a slice hold no receivable, each with its reason in words.

`headers.skip_reason` decides; here only the few rows that it could leave out are picked from a slice, by whole columns:
rows whose document number (or day, or amount) has no digit or holds a word of totals. What is not picked would have
been kept by the decision too; the property test of the parser holds this.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from jieqing.claims.receivables.engine.cell_texts import fold
from jieqing.claims.receivables.engine.headers import TOTAL_SEARCH, skip_reason
from jieqing.claims.receivables.engine.ledger_types import Layout, RawSlice, SkippedRow
from jieqing.claims.receivables.engine.row_plan import RowPlan

SKIPPED_WORDS: dict[str, tuple[str, str]] = {
    "title": ("在表头之上，是标题", "stands above the header"),
    "header": ("是表头", "is the header"),
    "header_repeat": ("是重复的表头", "is the header again"),
    "blank": ("是空行", "is blank"),
    "total": ("是合计行", "is a total"),
    "subtotal": ("是小计行", "is a subtotal"),
    "footer": ("是表尾说明", "is a footer"),
    "heading": ("只有一个文字，是分组标题", "is a group heading"),
    "duplicate": ("与第 {first} 行完全相同，只计一次", "equals line {first} and counts once"),
}


def split_above_header(raw: RawSlice, layout: Layout) -> tuple[list[SkippedRow], RawSlice]:
    below = raw.line_numbers > layout.header_line
    if bool(below.all()):
        return [], raw
    above = []
    upper = raw.cells.filter(~below).rows()
    for line, cells in zip(raw.line_numbers.filter(~below).to_list(), upper, strict=True):
        filled = any(cell.strip() for cell in cells)
        reason = "header" if line == layout.header_line else "title" if filled else "blank"
        above.append(skipped_row(line, reason, cells))
    return above, RawSlice(raw.line_numbers.filter(below), raw.cells.filter(below), raw.odd_rows)


def skipped_row(line: int, reason: str, cells: Sequence[str], **words: int) -> SkippedRow:
    zh, en = (text.format(**words) for text in SKIPPED_WORDS[reason])
    return SkippedRow(line, reason, tuple(cells), f"第 {line} 行{zh}。", f"Line {line} {en}.")


def rows_without_receivable(raw: RawSlice, plan: RowPlan) -> list[SkippedRow]:
    """Return the rows that hold no receivable. Only rows that could be such are looked at one by one."""
    suspects = _suspects(raw.cells, plan.layout)
    lines = raw.line_numbers.filter(suspects).to_list()
    found = []
    for line, cells in zip(lines, raw.cells.filter(suspects).iter_rows(), strict=True):
        reason = None if line in raw.odd_rows else skip_reason(cells, plan.layout)
        if reason is not None:
            found.append(skipped_row(line, reason, cells))
    return found


def _suspects(cells: pl.DataFrame, layout: Layout) -> pl.Series:
    """Say which rows `skip_reason` could leave out: those whose document number (or day, or amount) has no digit."""
    number = layout.column_of("document_number")
    fields = ("invoice_on", "posting_on", "due_on")
    first_day = next((use for name in fields if (use := layout.column_of(name)) is not None), None)
    amounts = ("amount", "debit", "balance", "credit", "paid")
    first_amount = next((use for name in amounts if (use := layout.column_of(name)) is not None), None)
    watched = [
        use
        for use in ((number,) if number else (first_day, first_amount))
        if use is not None and use.index < cells.width
    ]
    if not watched:
        return pl.Series([True]).new_from_index(0, cells.height)
    tests: list[pl.Expr] = []
    for use in watched:
        column = pl.col(f"c{use.index}")
        tests += [~column.str.contains(r"\p{N}"), column.str.contains(TOTAL_SEARCH)]
        if any(char.isdigit() for char in fold(use.header)):
            tests.append(column.str.strip_chars().is_in([use.header, use.header.strip()]))
    return cells.select(pl.any_horizontal(tests)).to_series()
