"""A table that is already split into cells: worksheets and HTML tables.

Kept as text columns in slices, so that a sheet of a million rows costs what its text costs and no object per cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from jieqing.claims.receivables.engine.ledger_types import RawSlice

HEAD_ROWS = 200

Row = tuple[int, tuple[str, ...]]


def cell_names(width: int) -> list[str]:
    """Return the column names of a raw slice: c0, c1, …"""
    return [f"c{index}" for index in range(width)]


def frame_of(rows: Sequence[Sequence[str]], width: int) -> pl.DataFrame:
    """Return rows of text as String columns; short rows are filled with empty cells."""
    padded = (tuple(row) + ("",) * (width - len(row)) if len(row) < width else row for row in rows)
    columns = list(zip(*padded, strict=True)) or [()] * width
    return pl.DataFrame(
        [
            pl.Series(name, values, dtype=pl.String)
            for name, values in zip(cell_names(width), columns, strict=True)
        ]
    )


@dataclass(frozen=True)
class GridTable:
    """Rows with their line numbers, as the sheet shows them (the first line is 1)."""

    name: str
    hidden: bool
    width: int
    head: tuple[Row, ...]
    row_count: int
    pieces: tuple[RawSlice, ...]

    def slices(self) -> Iterator[RawSlice]:
        yield from self.pieces


def grid_table(
    name: str, hidden: bool, width: int, rows: Iterable[tuple[str, ...]], slice_rows: int
) -> GridTable:
    """Return the table of rows that start at line 1; empty rows keep their place in the count of lines."""
    head: list[Row] = []
    pieces: list[RawSlice] = []
    waiting: list[tuple[str, ...]] = []
    first = 1
    for line, cells in enumerate(rows, start=1):
        if len(head) < HEAD_ROWS:
            head.append((line, cells))
        waiting.append(cells)
        if len(waiting) == slice_rows:
            pieces.append(_piece(first, waiting, width))
            first, waiting = line + 1, []
    if waiting:
        pieces.append(_piece(first, waiting, width))
    count = sum(piece.cells.height for piece in pieces)
    return GridTable(name, hidden, width, tuple(head), count, tuple(pieces))


def _piece(first: int, rows: Sequence[tuple[str, ...]], width: int) -> RawSlice:
    numbers = pl.int_range(first, first + len(rows), eager=True, dtype=pl.Int64).alias("line_no")
    return RawSlice(numbers, frame_of(rows, width))
