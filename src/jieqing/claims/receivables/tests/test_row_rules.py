"""The rules of one row: kinds and signs, what was paid and when, dates and their stand-ins, currencies."""

from datetime import date

import pytest

from jieqing.claims.receivables.engine.ledger_types import ParsedLedger
from jieqing.claims.receivables.engine.parsing import parse
from jieqing.claims.receivables.tests.parsed_files import codes_of, first, ledger_of, opened

PAID = """
金额,已收金额,余额,收款日期,结清日期     amount paid paid_on flags
100,,,,                                  10000 0 None
100,30,,,                                10000 3000 None
100,30,70,2026-02-01,                    10000 3000 2026-02-01
100,,70,2026-02-01,                      10000 3000 2026-02-01
100,,0,,2026-02-02                       10000 10000 2026-02-02
100,,,,2026-02-02                        10000 10000 2026-02-02
100,0,,,2026-02-02                       10000 0 None settled_but_open
,30,70,,                                 10000 3000 None amount_from_balance
,,70,,                                   7000 0 None amount_from_balance
100,,,2025-12-31,                        10000 10000 2026-01-05 paid_before_invoice
-50,,,,                                  -5000 0 None
-50,,-20,,                               -5000 -3000 None
-50,30,-20,,                             -5000 -3000 None
100,30,60,,                              row.amounts_disagree
100,120,,,                               row.overpaid
100,,-20,,                               row.overpaid
100,-20,,,                               row.paid_sign
100,,,2024-01-01,                        row.settled_before_invoice
"""


@pytest.mark.parametrize("line", PAID.strip().splitlines()[1:], ids=lambda line: line.split()[0])
def test_what_was_paid(line: str) -> None:
    cells, *meaning = line.split()
    text = (
        "客户名称,发票号,开票日期,金额,已收金额,余额,收款日期,结清日期\n宏达,F1,2026-01-05,"
        + cells
        + "\n远大,F2,2026-01-05,1,0,1,2026-03-03,open\n"
    )
    ledger = ledger_of(text)
    if len(meaning) == 1:
        assert codes_of(ledger) == meaning
        return
    row = first(ledger)
    found = [str(row["amount_minor"]), str(row["paid_minor"]), str(row["paid_on"]), *row["flags"].split()]
    assert found == meaning


KINDS = """
销售发票,100        invoice 10000
,100                invoice 10000
,-100               credit_note -10000
红字发票,-100       credit_note -10000
红字发票,100        credit_note -10000
收款单,100          unapplied_payment -10000
收款单,-100         unapplied_payment -10000
现金销售发票,100    invoice 10000
Credit Memo,100     credit_note -10000
Payment,-100        unapplied_payment -10000
,0                  invoice 0
"""


@pytest.mark.parametrize("line", KINDS.strip().splitlines())
def test_kinds(line: str) -> None:
    cells, kind, minor = line.rsplit(maxsplit=2)
    row = first(ledger_of(f"客户名称,发票号,开票日期,单据类型,金额\n宏达,F1,2026-01-05,{cells.strip()}\n"))
    assert (row["kind"], row["amount_minor"]) == (kind, int(minor))


TWO_SIDED = """
,100.00,            invoice 10000 0
,-100.00,           credit_note -10000 0
,,60                unapplied_payment -6000 0
退货,,60            credit_note -6000 0
,100,60             invoice 10000 6000
,,-60               row.both_sides
,x,                 row.amount.unreadable
,,                  row.cell.missing
"""


@pytest.mark.parametrize("line", TWO_SIDED.strip().splitlines(), ids=lambda line: line.split()[0])
def test_debit_and_credit(line: str) -> None:
    cells, *meaning = line.split()
    ledger = ledger_of(
        f"往来单位,凭证号,日期,摘要,借方,贷方\n宏达,记1,2026-01-05,{cells}\n远大,记2,2026-01-05,,1,\n远大,记3,2026-01-05,,,1\n"
    )
    if len(meaning) == 1:
        assert codes_of(ledger) == meaning
        return
    row = first(ledger)
    assert [row["kind"], str(row["amount_minor"]), str(row["paid_minor"])] == meaning


DIRECTIONS = """
借,销售,100         invoice 10000
贷,收款,60          unapplied_payment -6000
贷,退货,60          credit_note -6000
H,,60               unapplied_payment -6000
S,,60               invoice 6000
贷,,-60             invoice 6000
,,-5                credit_note -500
"""


@pytest.mark.parametrize("line", DIRECTIONS.strip().splitlines(), ids=lambda line: line.split()[0])
def test_one_amount_with_its_side(line: str) -> None:
    cells, kind, minor = line.split()
    row = first(
        ledger_of(
            f"往来单位,凭证号,日期,方向,摘要,金额\n宏达,记1,2026-01-05,{cells}\n远大,记2,2026-01-05,借,,1\n"
        )
    )
    assert (row["kind"], row["amount_minor"]) == (kind, int(minor))


def test_a_balance_that_disagrees_can_be_confirmed_and_then_decides() -> None:
    text = "客户名称,发票号,开票日期,金额,已收金额,余额\n宏达,F1,2026-01-05,100,30,60\n"
    row = first(ledger_of(text, accepts=frozenset({"row.amounts_disagree"})))
    assert (row["paid_minor"], row["flags"]) == (4_000, "amounts_disagree")


def test_due_dates_and_their_stand_ins() -> None:
    text = (
        "客户名称,发票号,开票日期,到期日,账期,金额\n"
        "宏达,F1,2026-01-05,2026-02-01,30,1\n"
        "宏达,F2,2026-01-05,,30天,1\n"
        "宏达,F3,2026-01-05,,,1\n"
        "宏达,F4,2026-01-05,2026-01-01,,1\n"
        "宏达,F5,2026-01-05,,月结,1\n"
    )
    ledger = ledger_of(text)
    rows = ledger.good.select("due_on", "due_is_fallback", "flags").rows()
    assert rows == [
        (date(2026, 2, 1), False, ""),
        (date(2026, 2, 4), False, "due_from_credit_days"),
        (None, True, ""),
        (date(2026, 1, 1), False, "due_before_invoice"),
    ]
    assert codes_of(ledger) == ["row.days.unreadable"]


def test_the_posting_date_stands_in_for_the_invoice_date() -> None:
    row = first(ledger_of("客户名称,发票号,过账日期,到期日,金额\n宏达,F1,2026-01-05,2026-02-05,1\n"))
    assert (row["invoice_on"], row["posting_on"]) == (date(2026, 1, 5), date(2026, 1, 5))
    row = first(
        ledger_of(
            "客户名称,发票号,开票日期,过账日期,金额\n宏达,F1,,2026-01-05,1\n宏达,F2,2026-01-01,2026-01-05,1\n"
        )
    )
    assert (row["invoice_on"], row["flags"]) == (date(2026, 1, 5), "invoice_from_posting")


def test_currencies_by_row_with_their_own_decimals() -> None:
    text = (
        "客户名称,发票号,开票日期,币种,金额\n"
        "宏达,F1,2026-01-05,人民币,1.5\n"
        "宏达,F2,2026-01-05,日元,100\n"
        "宏达,F3,2026-01-05,KWD,1.234\n"
        "宏达,F4,2026-01-05,日元,1.5\n"
        "宏达,F5,2026-01-05,火币,1\n"
        "宏达,F6,2026-01-05,,1\n"
    )
    read, layout = opened(text, currency=None)
    ledger = parse(read, layout, creditor="c")
    assert isinstance(ledger, ParsedLedger)
    assert ledger.good.select("currency", "amount_minor").rows() == [
        ("CNY", 150),
        ("JPY", 100),
        ("KWD", 1_234),
    ]
    assert codes_of(ledger) == ["row.amount.too_fine", "row.currency.unknown", "row.currency.missing"]
