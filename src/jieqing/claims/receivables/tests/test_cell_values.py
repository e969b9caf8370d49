"""Cells as people write them: each line is one form, what it means, or the fault that names it."""

from datetime import date

import pytest

from jieqing.claims.receivables.engine.cell_amounts import Amount, parse_amount
from jieqing.claims.receivables.engine.cell_dates import parse_date
from jieqing.claims.receivables.engine.cell_texts import (
    Text,
    parse_currency,
    parse_days,
    parse_identifier,
    parse_text,
)
from jieqing.claims.receivables.engine.row_problems import Fault

DATES = """
2026-01-05                      2026-01-05
2026/1/5                        2026-01-05
2026.1.5                        2026-01-05
20260105                        2026-01-05
2026年1月5日                    2026-01-05
２０２６－０１－０５            2026-01-05
1/26/2013                       2013-01-26
26/1/2013                       2013-01-26
05.01.2026                      2026-01-05
46027                           2026-01-05
46027.5                         2026-01-05
2020-04-20 05:02:32.250000000   2020-04-20
2026-01-05T08:00:00+08:00       2026-01-05
2026/1/5 下午 3:05:00           2026-01-05
20260105123000                  2026-01-05
5-Jan-2026                      2026-01-05
Jan 5, 2026                     2026-01-05
二〇二六年十二月三十一日        2026-12-31
3/3/2013                        2013-03-03
2024-02-29                      2024-02-29
2026-13-01                      date.impossible
2026-02-30                      date.impossible
13/13/2013                      date.impossible
1/2/2013                        date.ambiguous
26/1/5                          date.ambiguous
5-Jan-26                        date.two_digit_year
98-01-31                        date.two_digit_year
9999-12-31                      date.out_of_range
2026-01                         date.unreadable
hello                           date.unreadable
=TODAY()                        cell.formula
#REF!                           cell.error
—                               blank
0000-00-00                      blank
未结清                          blank
"""

AMOUNTS = """
1,234.56            123456
1.234,56            123456
1234,56             123456
1'234.50            123450
12 345,67           1234567
1,23,456.00         12345600
￥1,234.5           123450
RMB 12              1200
12元                1200
12.5万元            12500000
（1,000.00）        -100000
100-                -10000
-100                -10000
−100                -10000
¥-5.00              -500
100 CR              -10000
DR 100              10000
贷 100              -10000
1.5E+08             15000000000
１２３．４５        12345
3299.6999999999998  329970
0                   0
12.3400             1234
12.345              amount.too_fine
5%                  amount.percent
US$5                amount.two_currencies
1,2345              amount.ambiguous
1,234,56            amount.unreadable
--5                 amount.unreadable
贰佰                amount.unreadable
10000000000000      amount.too_large
=A1+B1              cell.formula
#N/A                cell.error
-                   blank
"""

IDENTIFIERS = """
2960623488.0            2960623488
0000611365              0000611365
ＩＮＶ－１              INV-1
="00123"                00123
'00123                  00123
123456789012345678      123456789012345678
25322000000012345678    25322000000012345678
1.23457E+17             id.mangled
123456789012345000      id.mangled
#N/A                    cell.error
"""


def table(text: str) -> list[tuple[str, str]]:
    rows = (line.rsplit(maxsplit=1) for line in text.strip().splitlines())
    return [(cell.rstrip(), meaning) for cell, meaning in rows]


def meaning_of(found: object) -> str:
    if found is None:
        return "blank"
    if isinstance(found, Fault):
        return found.code
    if isinstance(found, Amount):
        return str(found.minor)
    return found.value if isinstance(found, Text) else str(found)


@pytest.mark.parametrize(("cell", "meaning"), table(DATES))
def test_date(cell: str, meaning: str) -> None:
    assert meaning_of(parse_date(cell)) == meaning


@pytest.mark.parametrize(("cell", "meaning"), table(AMOUNTS))
def test_amount(cell: str, meaning: str) -> None:
    assert meaning_of(parse_amount(cell, currency="CNY")) == meaning


@pytest.mark.parametrize(("cell", "meaning"), table(IDENTIFIERS))
def test_identifier(cell: str, meaning: str) -> None:
    assert meaning_of(parse_identifier(cell)) == meaning


def test_the_order_of_the_column_decides_and_a_cell_that_contradicts_it_is_a_fault() -> None:
    assert parse_date("1/2/2013", order="mdy") == date(2013, 1, 2)
    assert parse_date("1/2/2013", order="dmy") == date(2013, 2, 1)
    assert parse_date("26/1/2013", order="mdy") == Fault("date.other_order", {"order": "月/日/年"})
    ambiguous = parse_date("1/2/2013")
    assert isinstance(ambiguous, Fault)
    assert ambiguous.words == {"first": "2013-01-02", "second": "2013-02-01"}


def test_two_digit_years_pass_only_when_confirmed() -> None:
    assert parse_date("5-Jan-26", accepts_short_year=True) == date(2026, 1, 5)
    assert parse_date("1/5/26", order="mdy", accepts_short_year=True) == date(2026, 1, 5)
    assert parse_date("5/1/70", order="dmy", accepts_short_year=True) == date(1970, 1, 5)


def test_serials_of_1904_workbooks() -> None:
    assert parse_date("44565", is_1904=True) == date(2026, 1, 5)


def test_the_decimal_mark_of_the_column_decides() -> None:
    assert meaning_of(parse_amount("1.234", currency="CNY", decimal_mark=",")) == "123400"
    assert meaning_of(parse_amount("1,5", currency="CNY", decimal_mark=",")) == "150"
    assert meaning_of(parse_amount("1.234", currency="CNY", decimal_mark=None)) == "amount.ambiguous"


def test_currencies_have_their_own_decimals() -> None:
    assert meaning_of(parse_amount("1234", currency="JPY")) == "1234"
    assert meaning_of(parse_amount("1234.5", currency="JPY")) == "amount.too_fine"
    assert meaning_of(parse_amount("1.234", currency="KWD")) == "1234"


def test_rounding_needs_consent_and_leaves_a_flag() -> None:
    assert parse_amount("12.345", currency="CNY", accepts_rounding=True) == Amount(
        1235, None, ("amount_rounded",)
    )
    assert parse_amount("-12.345", currency="CNY", accepts_rounding=True) == Amount(
        -1235, None, ("amount_rounded",)
    )


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "-cmd|' /C calc'!A0", "+HYPERLINK(A1)", "\t=1", "\rx"])
def test_text_that_a_spreadsheet_would_run_is_made_harmless_and_flagged(cell: str) -> None:
    for found in (parse_text(cell), parse_identifier(cell)):
        assert isinstance(found, Text)
        assert found.value.startswith("'")
        assert found.flags == ("formula_neutralised",)


def test_signed_numbers_and_phones_are_no_formulas() -> None:
    assert parse_text("+86 138-0000-0000") == Text("+86 138-0000-0000")
    assert parse_text("-5") == Text("-5")


def test_mangled_numbers_pass_only_when_confirmed() -> None:
    assert parse_identifier("1.23457E+17", accepts_mangled=True) == Text("1.23457E+17", ("id_mangled",))


def test_names_keep_their_noise() -> None:
    assert parse_text("  WINC co  ") == Text("WINC co")
    assert parse_text("无锡江南轴承（集团）") == Text("无锡江南轴承（集团）")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("人民币", "CNY"),
        ("RMB", "CNY"),
        ("￥", "CNY"),
        ("美元(USD)", "USD"),
        ("US$", "USD"),
        ("港币", "HKD"),
        ("eur", "EUR"),
    ],
)
def test_currency(cell: str, code: str) -> None:
    assert parse_currency(cell) == code


def test_unknown_currency_is_a_fault_and_a_blank_one_nothing() -> None:
    assert parse_currency("BTC") == Fault("currency.unknown")
    assert parse_currency(" ") is None


@pytest.mark.parametrize(
    ("cell", "days"), [("30", 30), ("30天", 30), ("Net 30", 30), ("N60", 60), ("30.0", 30)]
)
def test_credit_days(cell: str, days: int) -> None:
    assert parse_days(cell) == days


def test_month_end_terms_are_not_guessed() -> None:
    assert parse_days("月结30天") == Fault("days.unreadable")
