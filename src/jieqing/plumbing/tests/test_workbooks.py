"""Workbooks: text stays text, numbers stay exact, equal rows give equal bytes."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from jieqing.kernel import clock
from jieqing.plumbing.workbooks import Sheet, xlsx_bytes


def rows_of(data: bytes, sheet: int = 0):
    return [list(row) for row in load_workbook(BytesIO(data)).worksheets[sheet].iter_rows()]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(1)", "+1", "-1", "\tx", "＝1", "=cmd|' /C calc'!A0"])
def test_what_could_run_is_quoted_text(text: str):
    ((_head,), (cell,)) = rows_of(xlsx_bytes([Sheet("甲", ["名称"], [[text]])]))
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_numbers_are_numbers_until_a_spreadsheet_would_round_them():
    exact, beyond = Decimal("9999999999999.99"), Decimal("99999999999999.99")
    (_head, (first, second, third, fourth)) = rows_of(
        xlsx_bytes([Sheet("甲", ["a", "b", "c", "d"], [[exact, beyond, date(2026, 11, 22), 5]])])
    )
    assert (first.value, first.number_format) == (9999999999999.99, "#,##0.00")
    assert second.value == "99,999,999,999,999.99"
    assert (third.value.date(), third.number_format, fourth.value) == (date(2026, 11, 22), "yyyy-mm-dd", 5)


def test_equal_rows_give_equal_bytes_at_any_time():
    def made() -> bytes:
        return xlsx_bytes([Sheet("甲", ["名称"], [["乙"]]), Sheet("甲", ["名称"], [["丙\x07"]])])

    first = made()
    with clock.frozen(clock.now().replace(year=2031)):
        assert made() == first
    assert load_workbook(BytesIO(first)).sheetnames == ["甲", "甲 2"]
    assert rows_of(first, 1)[1][0].value == "丙"


def test_a_sheet_says_what_it_shows_and_keeps_its_head_in_view():
    data = xlsx_bytes(
        [Sheet("a/b:c", ["名称"], [["甲"]], about=[["截止日", date(2026, 1, 1)]], total=["合计"])]
    )
    book = load_workbook(BytesIO(data))
    assert book.worksheets[0].freeze_panes == "A4" and book.sheetnames == ["a b c"]
    assert [row[0].value for row in rows_of(data)] == ["截止日", None, "名称", "甲", "合计"]
