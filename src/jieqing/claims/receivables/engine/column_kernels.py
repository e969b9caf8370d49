"""Whole columns of cells at once: plain forms by Polars, every other form once per distinct text by the scalar parser.

A kernel returns the values and, beside them, whether each cell was *clean*: read without a fault and without a
remark. Rows with a cell that is not clean go to `row_rules`, so a kernel may be cautious but never wrong. The plain
patterns are subsets of what the scalar parsers accept; `test_kernels_equal_the_scalar_parsers` draws cells from both
sides of each border. Digits are written [0-9] here: to Polars \\d is any digit of any script.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from jieqing.claims.receivables.engine.cell_amounts import Amount, parse_amount
from jieqing.claims.receivables.engine.cell_dates import parse_date
from jieqing.claims.receivables.engine.cell_texts import (
    Text,
    parse_currency,
    parse_days,
    parse_extra,
    parse_identifier,
    parse_text,
)
from jieqing.claims.receivables.engine.ledger_types import ColumnUse
from jieqing.claims.receivables.engine.row_plan import RowPlan
from jieqing.kernel.currencies import EXPONENTS

CACHE_TEXTS_MAX = 200_000
# Fewer than 15 digits: longer ones may be mangled, which the scalar parser judges. No ".0", no exponent, no blank word.
PLAIN_IDENTIFIER = r"^(?:[A-Za-z]{1,6}[-_/]?)?[0-9][A-Za-z0-9_/-]{0,13}$"
EXPONENT_FORM = r"^[0-9][eE][0-9]{1,3}$"
PLAIN_TEXT = r"^[\x{4e00}-\x{9fa5}A-Za-z][\x{4e00}-\x{9fa5}A-Za-z0-9()]{4,79}$"
PLAIN_EXTRA = (
    r"^[\x{4e00}-\x{9fa5}A-Za-z0-9](?:[\x{4e00}-\x{9fa5}A-Za-z0-9 .:/_-]{0,78}[\x{4e00}-\x{9fa5}A-Za-z0-9])?$"
)
ISO_DAY = r"^(?:19[7-9][0-9]|20[0-9][0-9])-[0-9][0-9]-[0-9][0-9](?:[ T][0-9][0-9]:[0-9][0-9]:[0-9][0-9](?:\.[0-9]{1,9})?)?$"
COMPACT_DAY = r"^(?:19[7-9][0-9]|20[0-9][0-9])[0-9]{4}$"
PLAIN_AMOUNT = r"^-?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,2})?$"
UNGROUPED_AMOUNT = r"^-?[0-9]{1,12}(?:\.[0-9]{1,2})?$"


@dataclass(frozen=True)
class Column:
    """Shapes: values (rows,), clean Boolean (rows,); a clean null is a blank cell."""

    values: pl.Series
    clean: pl.Series


@dataclass
class TextCache:
    """Distinct texts already read, per field: (value, clean). Bounded; it only saves time."""

    read: dict[str, dict[str, tuple[Any, bool]]] = field(default_factory=dict)

    def of(self, name: str) -> dict[str, tuple[Any, bool]]:
        known = self.read.setdefault(name, {})
        if len(known) > CACHE_TEXTS_MAX:
            known.clear()
        return known


def _complete(
    cells: pl.Series,
    plain: pl.Series,
    values: pl.Series,
    scalar: Callable[[str], tuple[Any, bool]],
    known: dict[str, tuple[Any, bool]],
) -> Column:
    """Keep the plain values and read the rest through the scalar parser, once per distinct text."""
    if bool(plain.all()):
        return Column(values, plain)
    odd = cells.filter(~plain).unique().to_list()
    for text in odd:
        if text not in known:
            known[text] = scalar(text)
    read = pl.DataFrame(
        [
            pl.Series("text", odd, dtype=pl.String),
            pl.Series("value", [known[text][0] for text in odd], dtype=values.dtype),
            pl.Series("clean", [known[text][1] for text in odd], dtype=pl.Boolean),
        ]
    )
    joined = pl.DataFrame({"text": cells, "plain": plain, "plain_value": values}).join(
        read, on="text", how="left", maintain_order="left"
    )
    result = joined.select(
        pl.when("plain").then("plain_value").otherwise("value").alias("value"),
        (pl.col("plain") | pl.col("clean")).alias("clean"),
    )
    return Column(result.get_column("value"), result.get_column("clean"))


def identifier_column(cells: pl.Series, name: str, plan: RowPlan, cache: TextCache) -> Column:
    accepts = plan.accepts("id.mangled")
    plain = cells.str.contains(PLAIN_IDENTIFIER) & ~cells.str.contains(EXPONENT_FORM)
    return _complete(
        cells,
        plain,
        cells,
        lambda text: _of_text(parse_identifier(text, accepts_mangled=accepts)),
        cache.of(name),
    )


def text_column(cells: pl.Series, name: str, cache: TextCache) -> Column:
    return _complete(
        cells, cells.str.contains(PLAIN_TEXT), cells, lambda text: _of_text(parse_text(text)), cache.of(name)
    )


def extra_column(cells: pl.Series, name: str, cache: TextCache) -> Column:
    """A blank extra is an empty text here, so that the row's JSON leaves it out."""
    plain = cells.str.contains(PLAIN_EXTRA) | (cells == "")
    return _complete(
        cells, plain, cells, lambda text: _of_text(parse_extra(text), blank=""), cache.of(f"extra {name}")
    )


def date_column(cells: pl.Series, use: ColumnUse, plan: RowPlan, cache: TextCache) -> Column:
    head = cells.str.slice(0, 10)
    days = head.str.to_date("%Y-%m-%d", strict=False)
    plain = cells.str.contains(ISO_DAY) & days.is_not_null()
    compact = cells.str.contains(COMPACT_DAY)
    if bool(compact.any()):
        other = cells.str.to_date("%Y%m%d", strict=False)
        days = pl.select(pl.when(compact).then(other).otherwise(days)).to_series()
        plain = plain | (compact & other.is_not_null())
    short = plan.accepts("date.two_digit_year")

    def read(text: str) -> tuple[date | None, bool]:
        found = parse_date(text, order=use.date_order, is_1904=plan.layout.is_1904, accepts_short_year=short)
        return (found, True) if found is None or isinstance(found, date) else (None, False)

    return _complete(cells, plain, days, read, cache.of(f"date {use.index}"))


def amount_column(cells: pl.Series, use: ColumnUse, plan: RowPlan, cache: TextCache) -> Column:
    """Read amounts of the file's one currency; with a currency column, only currencies of two decimals are plain here.

    The caller sends rows of other currencies to the scalar rules.
    """
    single = None if "currency" in plan.fields else plan.currency
    two_decimals = single is None or EXPONENTS[single] == 2
    bare = cells
    if single == "CNY":
        bare = cells.str.replace(r"^[¥￥] ?([0-9])", "${1}")
    pattern = PLAIN_AMOUNT if use.decimal_mark == "." else UNGROUPED_AMOUNT
    plain = (
        bare.str.contains(pattern)
        if two_decimals and use.unit == 1 and use.decimal_mark != ","
        else _none(cells)
    )
    parts = (
        bare.str.replace_all(",", "", literal=True)
        .str.extract_groups(r"^(-?)([0-9]+)(?:\.([0-9]+))?$")
        .struct.unnest()
    )
    sign, whole, cents = (parts.to_series(place) for place in range(3))
    minor = whole.cast(pl.Int64, strict=False) * 100 + cents.fill_null("").str.pad_end(2, "0").cast(
        pl.Int64, strict=False
    )
    values = pl.select(pl.when(sign == "-").then(-minor).otherwise(minor)).to_series()

    def read(text: str) -> tuple[int | None, bool]:
        if single is None:
            blank = parse_amount(text, currency="CNY", decimal_mark=use.decimal_mark) is None
            return None, blank
        found = parse_amount(text, currency=single, decimal_mark=use.decimal_mark, unit=use.unit)
        if isinstance(found, Amount):
            return found.minor, not found.flags
        return None, found is None

    return _complete(cells, plain, values, read, cache.of(f"amount {use.index}"))


def currency_column(cells: pl.Series, plan: RowPlan, cache: TextCache) -> Column:
    def read(text: str) -> tuple[str | None, bool]:
        found = parse_currency(text)
        if found is None:
            return plan.currency, plan.currency is not None and EXPONENTS[plan.currency] == 2
        return (found, EXPONENTS[found] == 2) if isinstance(found, str) else (None, False)

    return _complete(cells, _none(cells), cells, read, cache.of("currency"))


def days_column(cells: pl.Series, cache: TextCache) -> Column:
    def read(text: str) -> tuple[int | None, bool]:
        found = parse_days(text)
        return (found, True) if found is None or isinstance(found, int) else (None, False)

    nothing = pl.Series([None], dtype=pl.Int64).new_from_index(0, len(cells))
    return _complete(cells, _none(cells), nothing, read, cache.of("days"))


def _none(cells: pl.Series) -> pl.Series:
    return pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(cells))


def _of_text(found: object, blank: str | None = None) -> tuple[str | None, bool]:
    if isinstance(found, Text):
        return found.value, not found.flags
    return blank, found is None
