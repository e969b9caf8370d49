"""Whether the cells of a column can be what its header claims: the share of them that reads as that kind of value.

A cell whose reading is wrong in a way only that kind can be wrong (a 13th month, a third decimal) still speaks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jieqing.claims.receivables.engine.cell_amounts import parse_amount
from jieqing.claims.receivables.engine.cell_dates import parse_date
from jieqing.claims.receivables.engine.cell_texts import parse_currency, parse_days
from jieqing.claims.receivables.engine.row_problems import Fault
from jieqing.claims.receivables.engine.vocabulary import AMOUNT_FIELDS, DATE_FIELDS

STILL_A_DATE = frozenset({"date.ambiguous", "date.two_digit_year", "date.other_order", "date.impossible"})
STILL_AN_AMOUNT = frozenset(
    {"amount.too_fine", "amount.two_currencies", "amount.ambiguous", "amount.too_large", "cell.formula"}
)


def content_fit(field: str, cells: Sequence[str]) -> float:
    """Return the share of cells that can be what the field needs; 1.0 for text."""
    test: Callable[[str], bool]
    if field in DATE_FIELDS:
        test = _may_be_date
    elif field in AMOUNT_FIELDS:
        test = _may_be_amount
    elif field == "credit_days":
        test = _may_be_days
    elif field == "currency":
        test = _may_be_currency
    else:
        return 1.0
    return sum(map(test, cells)) / len(cells) if cells else 1.0


def _may_be_date(cell: str) -> bool:
    found = parse_date(cell)
    return not isinstance(found, Fault) or found.code in STILL_A_DATE


def _may_be_amount(cell: str) -> bool:
    found = parse_amount(cell, currency="CNY")
    return not isinstance(found, Fault) or found.code in STILL_AN_AMOUNT


def _may_be_days(cell: str) -> bool:
    return not isinstance(parse_days(cell), Fault)


def _may_be_currency(cell: str) -> bool:
    return not isinstance(parse_currency(cell), Fault)
