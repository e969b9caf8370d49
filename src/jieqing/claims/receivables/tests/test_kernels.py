"""Whole columns against single cells, and the fast CSV reader against the csv module, on cells from both sides of each border."""

import csv
import io

import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jieqing.claims.receivables.engine import column_kernels as kernels
from jieqing.claims.receivables.engine.cell_amounts import Amount, parse_amount
from jieqing.claims.receivables.engine.cell_dates import parse_date
from jieqing.claims.receivables.engine.cell_texts import Text, parse_extra, parse_identifier, parse_text
from jieqing.claims.receivables.engine.column_kernels import Column, TextCache
from jieqing.claims.receivables.engine.ledger_types import ColumnUse, Layout, Limits, ReadFile
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.engine.row_plan import RowPlan
from jieqing.claims.receivables.engine.row_problems import Fault

NEAR_NUMBERS = st.from_regex(r"-?[0-9]{0,13}([.,][0-9]{0,3}){0,3}-?", fullmatch=True)
NEAR_DATES = st.from_regex(
    r"(19|20)?[0-9]{2}[-/. ]?[0-3]?[0-9][-/. ]?[0-9]{1,2}( [0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,10})?)?",
    fullmatch=True,
)
NEAR_IDS = st.from_regex(r"[A-Z]{0,7}[-_/]?[0-9]{0,18}([.]0)?([eE]\+?[0-9]{1,3})?0{0,4}", fullmatch=True)
ANY = st.text(
    st.sampled_from("0159.,-+eE/年月日 ()¥￥$CNYabZ１２，。\t\"'=@%无合计ß\u200b\u3000"), max_size=14
)


def plan(currency: str = "CNY") -> RowPlan:
    return RowPlan(Layout("", 1, ()), "c", currency)


def clean_of(column: Column, values: list[object], cleans: list[bool]) -> None:
    """A clean cell has the scalar's value; a cell is clean exactly when the scalar has neither fault nor flag."""
    assert column.clean.to_list() == cleans
    found = [value for value, clean in zip(column.values.to_list(), cleans, strict=True) if clean]
    assert found == [value for value, clean in zip(values, cleans, strict=True) if clean]


def read_text(found: object, blank: object = None) -> tuple[object, bool]:
    if isinstance(found, Text):
        return found.value, not found.flags
    return blank, found is None


@settings(max_examples=200, deadline=None)
@given(st.lists(NEAR_IDS | ANY, min_size=1, max_size=8))
def test_text_kernels_equal_the_scalar_parsers(cells: list[str]) -> None:
    series = pl.Series(cells, dtype=pl.String)
    for column, scalar, blank in (
        (kernels.identifier_column(series, "x", plan(), TextCache()), parse_identifier, None),
        (kernels.text_column(series, "x", TextCache()), parse_text, None),
        (kernels.extra_column(series, "x", TextCache()), parse_extra, ""),
    ):
        read = [read_text(scalar(cell), blank) for cell in cells]
        clean_of(column, [value for value, _ in read], [clean for _, clean in read])


@settings(max_examples=200, deadline=None)
@given(st.lists(NEAR_DATES | ANY, min_size=1, max_size=8), st.sampled_from([None, "mdy", "dmy"]))
@example(
    ["2100-12-31", "2101-01-01", "1969-12-31", "1970-01-01", "2026-02-29", "20260229", "2026-01-05T01:02:03"],
    None,
)
def test_date_kernel_equals_the_scalar_parser(cells: list[str], order: str | None) -> None:
    use = ColumnUse(0, "到期日", "due_on", date_order=order)
    column = kernels.date_column(pl.Series(cells, dtype=pl.String), use, plan(), TextCache())
    read = [parse_date(cell, order=order) for cell in cells]
    clean_of(column, list(read), [not isinstance(one, Fault) for one in read])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(NEAR_NUMBERS | ANY, min_size=1, max_size=8),
    st.sampled_from([".", ",", None]),
    st.sampled_from(["CNY", "USD", "JPY", "KWD"]),
)
@example(
    ["1,234.50", "12,34", "1,2345", "999999999999.99", "¥1.50", "￥ 1,000", "-0.00", "1.500"], ".", "CNY"
)
def test_amount_kernel_equals_the_scalar_parser(cells: list[str], mark: str | None, currency: str) -> None:
    use = ColumnUse(0, "金额", "amount", decimal_mark=mark)
    column = kernels.amount_column(pl.Series(cells, dtype=pl.String), use, plan(currency), TextCache())
    values: list[object] = []
    cleans: list[bool] = []
    for cell in cells:
        found = parse_amount(cell, currency=currency, decimal_mark=mark)
        values.append(found.minor if isinstance(found, Amount) else None)
        cleans.append(found is None or (isinstance(found, Amount) and not found.flags))
    clean_of(column, values, cleans)


CELLS = st.text(st.sampled_from("ab1 ,;\"\n\r\t'中"), max_size=6)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_fast_reader_equals_csv_module(rows: list[tuple[str, str, str]], quoting: int) -> None:
    stream = io.StringIO(newline="")
    table = [("客户名称", "摘要", "金额"), *rows]
    csv.writer(stream, quoting=quoting, lineterminator="\n").writerows(table)
    read = read_file(stream.getvalue().encode(), "x.csv", Limits(slice_bytes=64))
    assert isinstance(read, ReadFile)
    if read.delimiter != ",":
        return
    found = [row for piece in read.tables[0].slices() for row in piece.cells.rows()]
    expected = [tuple(row) for row in csv.reader(io.StringIO(stream.getvalue(), newline=""))]
    width = read.tables[0].width
    expected = [(row + ("",) * width)[:width] for row in expected]
    assert [blanked(row) for row in found] == [blanked(row) for row in expected]


def blanked(row: tuple[str, ...]) -> tuple[str, ...]:
    """Cells of spaces at the end of a row count as missing cells."""
    return tuple(cell if cell.strip() else "" for cell in row)
