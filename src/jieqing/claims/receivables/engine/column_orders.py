"""How a whole column writes its dates and decimals, found from all of its cells.

01/02/2013 alone can be two days. If one cell of the column has 26 in the first place, the column writes the day
first; if one has 26 in the second, the month first; if both occur, the column is mixed and a person must decide.
A column that never tells borrows the order of the file's other date columns; if none tells, it is a question, not
a guess. Decimals likewise: 1.234,56 tells, 1.234 alone does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from jieqing.claims.receivables.engine.cell_dates import SHORT_YEAR, YEAR_LAST
from jieqing.claims.receivables.engine.cell_texts import fold
from jieqing.claims.receivables.engine.ledger_types import Table

YEAR_LAST_PARTS = r"^\s*'?([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*[0-9]{4}(?:[^0-9]|$)"
COMMA_DECIMAL = re.compile(r"\d,\d{1,2}$|\d\.\d{3},\d+$")
POINT_DECIMAL = re.compile(r"\d\.(?:\d{1,2}|\d{4,})$|\d,\d{3}\.\d+$")
POINT_THREE = re.compile(r"^[-+(]?\d{1,3}\.\d{3}\)?$")


@dataclass(frozen=True)
class DateOrder:
    """order None with writes_year_last: the column does not tell (is_mixed: it tells both)."""

    order: str | None
    writes_year_last: bool = False
    is_mixed: bool = False
    month_first: str = ""
    day_first: str = ""
    example: str = ""


def date_orders(
    table: Table, indexes: Sequence[int], samples: dict[int, Sequence[str]]
) -> dict[int, DateOrder]:
    """Return the order of each date column; the table is scanned only when some column writes the year last."""
    wanted = [index for index in indexes if any(_is_year_last(cell) for cell in samples[index])]
    found = {index: DateOrder(None) for index in indexes}
    if not wanted:
        return found
    evidence: dict[int, list[str]] = {index: ["", "", ""] for index in wanted}
    for piece in table.slices():
        for index in wanted:
            _gather(piece.cells.get_column(f"c{index}"), evidence[index])
    for index in wanted:
        month_first, day_first, example = evidence[index]
        mixed = bool(month_first and day_first)
        order = None if mixed else "mdy" if month_first else "dmy" if day_first else None
        example = example or next(cell for cell in samples[index] if _is_year_last(cell))
        found[index] = DateOrder(order, True, mixed, month_first, day_first, example)
    known = {one.order for one in found.values() if one.order is not None}
    if len(known) == 1:
        order = known.pop()
        for index, one in found.items():
            if one.writes_year_last and one.order is None and not one.is_mixed:
                found[index] = DateOrder(order, True, False, one.month_first, one.day_first, one.example)
    return found


def _is_year_last(cell: str) -> bool:
    text = fold(cell).lstrip("'")
    return bool(YEAR_LAST.match(text) or SHORT_YEAR.match(text))


def _gather(cells: pl.Series, evidence: list[str]) -> None:
    """Fill evidence with one cell that proves month first, one that proves day first, and one that is open."""
    parts = pl.DataFrame({"text": cells.unique().str.normalize("NFKC")}).with_columns(
        pl.col("text").str.extract(YEAR_LAST_PARTS, 1).cast(pl.Int32, strict=False).alias("first"),
        pl.col("text").str.extract(YEAR_LAST_PARTS, 2).cast(pl.Int32, strict=False).alias("second"),
    )
    parts = parts.drop_nulls().sort("text")
    tests = (
        (pl.col("second").is_between(13, 31) & pl.col("first").is_between(1, 12)),
        (pl.col("first").is_between(13, 31) & pl.col("second").is_between(1, 12)),
        (
            pl.col("first").is_between(1, 12)
            & pl.col("second").is_between(1, 12)
            & (pl.col("first") != pl.col("second"))
        ),
    )
    for place, test in enumerate(tests):
        if not evidence[place]:
            hit = parts.filter(test).get_column("text").head(1).to_list()
            evidence[place] = hit[0] if hit else ""


def decimal_mark(cells: Sequence[str]) -> str | None:
    """Return the decimal mark of a column: "." unless its cells show a comma; None when 1.234 could be either."""
    folded = [re.sub(r"[^\d.,()+-]", "", fold(cell)) for cell in cells]
    if any(POINT_DECIMAL.search(cell.rstrip("()+-")) for cell in folded):
        return "."
    if any(COMMA_DECIMAL.search(cell.rstrip("()+-")) for cell in folded):
        return ","
    return None if any(POINT_THREE.match(cell) for cell in folded) else "."
