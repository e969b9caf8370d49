"""Rows that say the same thing twice, rows that contradict each other, lines of one document."""

from dataclasses import replace

from jieqing.claims.receivables.tests.parsed_files import HEADER, codes_of, first, ledger_of


def test_identical_rows_count_once_and_conflicting_rows_all_wait() -> None:
    rows = [
        "宏达,F1,2026-01-05,,1",
        "宏达,F1,2026-01-05,,1",
        "远大,F2,2026-01-05,,2",
        "远大,F2,2026-01-05,,3",
        "远大,F2,2026-01-05,,3",
    ]
    for order in (rows, rows[::-1]):
        ledger = ledger_of(HEADER + "\n".join(order) + "\n")
        counts = ledger.counts
        assert (counts.good, counts.staged, counts.duplicates, counts.data_rows) == (1, 2, 2, 5)
        assert set(codes_of(ledger)) == {"row.same_key"}
        assert first(replace(ledger, staged=()))["document_number"] == "F1"
    assert (
        "第 4 行与第 5 行是同一客户、同一单据号，内容却不同"
        in ledger_of(HEADER + "\n".join(rows)).staged[0].problems[0].zh
    )


def test_the_same_number_of_two_debtors_or_currencies_is_no_conflict() -> None:
    text = "客户名称,发票号,开票日期,币种,金额\n宏达,F1,2026-01-05,CNY,1\n远大,F1,2026-01-05,CNY,2\n宏达,F1,2026-01-05,USD,3\n"
    assert ledger_of(text).counts.good == 3


def test_lines_of_one_document_are_summed_when_a_person_says_so() -> None:
    text = (
        "客户名称,发票号,开票日期,金额,摘要,品名规格\n"
        "宏达,F1,2026-01-05,1,轴承,甲\n"
        "宏达,F1,2026-01-05,2,座,乙\n"
        "宏达,F1,2026-01-05,2,座,乙\n"
        "远大,F2,2026-01-05,1,,\n"
        "远大,F2,2026-01-06,1,,\n"
    )
    ledger = ledger_of(text, multi_line="sum")
    merged = ledger.good.row(0, named=True)
    assert (merged["amount_minor"], merged["memo"], merged["flags"]) == (500, "轴承；座", "lines_summed")
    assert codes_of(ledger) == ["row.same_key", "row.same_key"]
    assert ledger.counts.lines == 6
    assert ledger.counts.good + ledger.counts.staged + ledger.counts.skipped == 6
