"""From a file to the rows of the ledger: what is good, what waits and why, what is no receivable."""

import json
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from jieqing.claims.receivables.engine.ledger_rows import postings_of
from jieqing.claims.receivables.engine.ledger_types import Limits, ParsedLedger
from jieqing.claims.receivables.engine.parsing import parse, parse_slices, reparse_row, rows_at
from jieqing.claims.receivables.tests.parsed_files import HEADER, codes_of, first, ledger_of, opened
from jieqing.kernel.outcomes import Problem


def test_the_sentence_of_a_bad_cell() -> None:
    ledger = ledger_of(HEADER + "宏达,F1,2026-01-05,2026-02-05,1\n" + "宏达,F2,2026-01-05,2026-13-01,1\n")
    problem = ledger.staged[0].problems[0]
    assert problem.zh == "第 3 行到期日无法识别：2026-13-01。该行已暂存，可修改后重新导入。"
    assert problem.en.startswith("Line 3: Due date")
    assert problem.details["column"] == "到期日"
    assert problem.details["value"] == "2026-13-01"
    assert ledger.counts.good == 1


PROBLEMS = """
宏达,F1,2026-02-30,2026-03-05,1             row.date.impossible
宏达,F1,昨天,2026-03-05,1                   row.date.unreadable
宏达,F1,26-01-05,2026-03-05,1               row.date.ambiguous
宏达,F1,99-01-05,2026-03-05,1               row.date.two_digit_year
宏达,F1,,,1                                 row.cell.missing
宏达,F1,2026-01-05,9999-12-31,1             row.date.out_of_range
宏达,F1,2026-01-05,2024-01-01,1             row.due_before_invoice
宏达,F1,2026-01-05,2040-01-01,1             row.due_far
宏达,F1,2026-01-05,,                        row.cell.missing
宏达,F1,2026-01-05,,十元                    row.amount.unreadable
宏达,F1,2026-01-05,,5%                      row.amount.percent
宏达,F1,2026-01-05,,1.234                   row.amount.too_fine
宏达,F1,2026-01-05,,99999999999999          row.amount.too_large
宏达,F1,2026-01-05,,US$5                    row.amount.two_currencies
宏达,F1,2026-01-05,,=A1*2                   row.cell.formula
宏达,F1,2026-01-05,,#REF!                   row.cell.error
,F1,2026-01-05,,1                           row.cell.missing
宏达,,2026-01-05,,1                         row.cell.missing
宏达,1.23457E+17,2026-01-05,,1              row.id.mangled
宏达,310000000000012000,2026-01-05,,1       row.id.mangled
宏␀达,F1,2026-01-05,,1                      row.text.nul
宏�达,F1,2026-01-05,,1                      row.text.unreadable
宏达,F1,2026-01-05,,1,234,50                row.too_many_cells
"宏达,F1,2026-01-05,,1                      row.quotes
"""


@pytest.mark.parametrize(
    "line", [line.rsplit(maxsplit=1) for line in PROBLEMS.strip().splitlines()], ids=lambda line: line[0]
)
def test_a_bad_row_waits_with_its_reason(line: list[str]) -> None:
    good = "\n".join(f"远大,G{number},2026-01-05,2026-02-05,{number}.50" for number in range(8)) + "\n"
    ledger = ledger_of(HEADER + good + line[0].strip() + "\n" + good.replace("G", "H"))
    assert codes_of(ledger) == [line[1]]
    assert ledger.staged[0].line_no == 10
    assert ledger.counts.good == 16


CONFIRMED = """
宏达,F1,99-01-05,2026-03-05,1           date.two_digit_year         1999-01-05
宏达,F1,2026-01-05,2024-01-01,1         row.due_before_invoice      2026-01-05
宏达,F1,2026-01-05,2040-01-01,1         row.due_far                 2026-01-05
宏达,F1,2026-01-05,,1.2345              amount.too_fine             2026-01-05
宏达,1.23457E+17,2026-01-05,,1          id.mangled                  2026-01-05
"""


@pytest.mark.parametrize(
    "line", [line.split() for line in CONFIRMED.strip().splitlines()], ids=lambda line: line[1]
)
def test_what_a_person_confirms_passes_with_a_flag(line: list[str]) -> None:
    ledger = ledger_of(HEADER + line[0] + "\n", accepts=frozenset({line[1], "row.due_far"}))
    assert first(ledger)["invoice_on"] == date.fromisoformat(line[2])


def test_five_styles_of_dates_in_one_column() -> None:
    days = [
        "2026-01-05",
        "2026/1/6",
        "20260107",
        "2026年1月8日",
        "2026.1.9",
        "1/26/2026",
        "46032",
        "２０２６－０１－１１",
    ]
    ledger = ledger_of(HEADER + "".join(f"宏达,F{number},{day},,1\n" for number, day in enumerate(days)))
    found = [day.isoformat() for day in ledger.good.get_column("invoice_on")]
    assert found == [f"2026-01-{day:02d}" for day in (5, 6, 7, 8, 9, 26, 10, 11)]


def test_a_cell_of_ten_megabytes_waits_alone() -> None:
    ledger = ledger_of(HEADER + f"{'宏' * 3_000_000},F1,2026-01-05,,1\n远大,F2,2026-01-05,,1\n")
    assert codes_of(ledger) == ["row.text.too_long"]
    assert ledger.counts.good == 1


def test_several_problems_of_a_row_are_all_told() -> None:
    ledger = ledger_of(HEADER + "宏达,F0,2026-01-05,,1\n" + ",,2026-02-30,x,y\n")
    assert codes_of(ledger) == [
        "row.cell.missing", "row.cell.missing", "row.amount.unreadable", "row.date.impossible", "row.date.unreadable",
    ]  # fmt: skip


SKIPPED = """
,,,,                                header blank
----,,,---,                         blank
合计,,,,3                           total
 合　计：,,,,3                      total
,合计,,,3                           total
小计,,,,1                           subtotal
宏达小计,,,,1                       subtotal
宏达 合计,,,,1                      subtotal
Grand Total,,,,3                    total
本页合计,,,,3                       subtotal
客户名称,发票号,开票日期,到期日,金额    header_repeat
制表人：周敏,,审核：,,               footer
打印日期：2026-11-22,,,,            footer
第1页 共3页,,,,                     footer

"""


@pytest.mark.parametrize(
    "line", [line.rsplit(maxsplit=1) for line in SKIPPED.strip().splitlines()[1:]], ids=lambda line: line[0]
)
def test_rows_that_hold_no_receivable_are_skipped_with_a_reason(line: list[str]) -> None:
    ledger = ledger_of(HEADER + "宏达,F1,2026-01-05,,1\n" + line[0].strip() + "\n远大,F2,2026-01-05,,2\n")
    assert [(row.line_no, row.reason) for row in ledger.skipped] == [(1, "header"), (3, line[1])]
    assert ledger.counts.good == 2
    assert ledger.counts.staged == 0


@pytest.mark.parametrize("name", ["合计科技有限公司", "Total Energies", "总计", "小计"])
def test_a_debtor_with_a_document_number_is_never_a_total(name: str) -> None:
    assert first(ledger_of(HEADER + f"{name},F1,2026-01-05,,1\n"))["debtor_name"] == name


def test_group_headings_of_a_report_are_skipped() -> None:
    text = "分组,客户名称,发票号,开票日期,金额\n华东区,,,,\n,宏达,F1,2026-01-05,1\n1 - 30,,,,\n,远大,F2,2026-01-05,1\n,只有名称,,,\n"
    ledger = ledger_of(text)
    assert [(row.line_no, row.reason) for row in ledger.skipped[1:]] == [(2, "heading"), (4, "heading")]
    assert ledger.counts.good == 2
    assert ledger.staged[0].line_no == 6


def test_the_files_own_total_is_compared() -> None:
    rows = "宏达,F1,2026-01-05,,100.10\n远大,F2,2026-01-05,,-0.10\n远大,F2,2026-01-05,,-0.10\n"
    matching = ledger_of(HEADER + rows + "合计,,,,99.90\n").totals[0]
    assert (matching.matches, matching.stated_minor, matching.line_no) == (True, 9_990, 5)
    missing = ledger_of(HEADER + rows + "合计,,,,100\n").totals[0]
    assert (missing.matches, missing.stated_minor, missing.summed_minor) == (False, 10_000, 9_990)
    assert "相差 ¥0.10" in missing.zh
    staged = ledger_of(HEADER + "宏达,F1,2026-02-30,,100\n宏达,F2,2026-01-05,,x\n合计,,,,100\n").totals[0]
    assert staged.matches is True
    assert not ledger_of(HEADER + rows).totals


def test_totals_of_several_currencies_are_not_compared() -> None:
    text = (
        "客户名称,发票号,开票日期,币种,金额\n宏达,F1,2026-01-05,CNY,1\n宏达,F2,2026-01-05,USD,1\n合计,,,,2\n"
    )
    assert ledger_of(text).totals[0].matches is None


def test_units_of_ten_thousand() -> None:
    assert (
        first(ledger_of("客户名称,发票号,开票日期,金额（万元）\n宏达,F1,2026-01-05,1.23456\n"))[
            "amount_minor"
        ]
        == 1_234_560
    )


def test_extras_keep_every_unmapped_column() -> None:
    row = first(
        ledger_of(
            "客户名称,发票号,开票日期,金额,部门,部门,业务员,仓库\n宏达,F1,2026-01-05,1,一部,二部,=1+1,\n"
        )
    )
    assert json.loads(row["extras"]) == {"部门": "一部", "部门 (2)": "二部", "业务员": "'=1+1"}
    assert row["flags"] == "formula_neutralised"


def test_a_row_number_is_not_part_of_a_row() -> None:
    one = ledger_of("序号,客户名称,发票号,开票日期,金额\n1,宏达,F1,2026-01-05,1\n2,远大,F2,2026-01-05,1\n")
    two = ledger_of("序号,客户名称,发票号,开票日期,金额\n1,远大,F2,2026-01-05,1\n2,宏达,F1,2026-01-05,1\n")
    digests = [sorted(ledger.good.get_column("row_digest").to_list()) for ledger in (one, two)]
    assert digests[0] == digests[1]


def test_without_document_numbers_the_content_names_the_document() -> None:
    text = "客户名称,开票日期,金额\n宏达,2026-01-05,1\n宏达,2026-01-05,2\n宏达,2026-01-05,1\n"
    ledger = ledger_of(text)
    assert (ledger.counts.good, ledger.counts.duplicates) == (2, 1)
    assert all(number.startswith("无号-") for number in ledger.good.get_column("document_number"))


def test_one_source_of_truth_for_digests_across_formats_of_the_same_facts() -> None:
    plain = ledger_of(HEADER + "宏达,F1,2026-01-05,2026-02-05,1234.5\n")
    dressed = ledger_of(HEADER + '宏达,Ｆ1 ,2026年1月5日,2026/2/5,"1,234.50"\n')
    assert first(plain)["row_digest"] == first(dressed)["row_digest"]
    salted = parse(*opened(HEADER + "宏达,F1,2026-01-05,2026-02-05,1234.5\n"), creditor="c", salt="s")
    assert isinstance(salted, ParsedLedger)
    assert first(salted)["row_digest"] != first(plain)["row_digest"]
    assert first(salted)["business_key"] == first(plain)["business_key"]


def test_a_staged_row_is_fixed_in_place_and_read_again() -> None:
    read, layout = opened(HEADER + "宏达,F1,2026-01-05,,1\n宏达,F2,2026-13-01,,2\n")
    ledger = parse(read, layout, creditor="c")
    assert isinstance(ledger, ParsedLedger)
    staged = ledger.staged[0]
    assert rows_at(read, layout, [3]) == {3: staged.cells}
    assert isinstance(reparse_row(staged.cells, layout, creditor="c", line_no=3), tuple)
    fixed = {**dict(enumerate(staged.cells)), 2: "2026-12-01"}
    row = reparse_row(fixed, layout, creditor="c", line_no=3)
    assert isinstance(row, pl.DataFrame)
    whole = ledger_of(HEADER + "宏达,F1,2026-01-05,,1\n宏达,F2,2026-12-01,,2\n")
    assert row.row(0) == whole.good.row(1)


def test_slices_give_the_same_rows_as_the_whole_and_the_last_carries_the_totals() -> None:
    body = "".join(f"宏达,F{number},2026-01-{number % 28 + 1:02d},,{number}\n" for number in range(1, 500))
    text = HEADER + body + f"合计,,,,{sum(range(1, 500))}\n"
    read, layout = opened(text, Limits(slice_bytes=2_000))
    pieces = parse_slices(read, layout, creditor="c")
    assert not isinstance(pieces, Problem)
    pieces = list(pieces)
    whole = ledger_of(text)
    assert len(pieces) > 5
    assert pl.concat([piece.good for piece in pieces]).equals(whole.good)
    assert [bool(piece.totals) for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    assert pieces[-1].totals[0].matches is True


def test_postings_are_what_the_rows_say() -> None:
    text = (
        "客户名称,发票号,开票日期,单据类型,金额,已收金额,收款日期\n"
        "宏达,F1,2026-01-05,,100,30,2026-02-01\n"
        "宏达,F2,2026-01-05,,100,30,\n"
        "宏达,F3,2026-01-06,红字发票,-5,,\n"
        "宏达,F4,2026-01-07,收款单,9,,\n"
        "宏达,F5,2026-01-08,,0,,\n"
    )
    postings = postings_of(ledger_of(text).good)
    assert postings.rows() == [
        (2, "invoice", 10_000, date(2026, 1, 5)),
        (2, "payment", -3_000, date(2026, 2, 1)),
        (3, "invoice", 10_000, date(2026, 1, 5)),
        (3, "adjustment", -3_000, date(2026, 1, 5)),
        (4, "credit_note", -500, date(2026, 1, 6)),
        (5, "payment", -900, date(2026, 1, 7)),
    ]


def test_parsing_without_a_currency_or_a_field_is_a_question() -> None:
    read, layout = opened(HEADER + "宏达,F1,2026-01-05,,1\n", currency=None)
    found = parse(read, layout, creditor="c")
    assert isinstance(found, Problem)
    assert found.code == "mapping.currency"
    found = parse(read, layout, creditor="c", currency="XXX")
    assert isinstance(found, Problem)
    assert found.code == "mapping.unknown_currency"
    bare = replace(layout, columns=tuple(replace(column, field=None) for column in layout.columns))
    found = parse(read, bare, creditor="c", currency="CNY")
    assert isinstance(found, Problem)
    assert found.code == "mapping.missing"
