"""The example files: deterministic, committed as generated, read without a question."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from jieqing.claims.receivables.engine.bad_ledger import bad_rows
from jieqing.claims.receivables.engine.benchmark_ledger import benchmark_chunks
from jieqing.claims.receivables.engine.ledger_types import ParsedLedger, ReadFile
from jieqing.claims.receivables.engine.parsing import parse
from jieqing.claims.receivables.engine.proposing import Hints, Proposal, propose
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.engine.synthetic import LABEL, synthetic_ledger
from jieqing.claims.receivables.engine.templates import FORM, template_csv, template_xlsx

EXAMPLES = Path(__file__).resolve().parents[5] / "examples"
SEED, UNTIL = 20261122, date(2026, 11, 20)


def parsed(data: bytes, hints: Hints | None = None) -> tuple[Proposal, ParsedLedger]:
    read = read_file(data, "example")
    assert isinstance(read, ReadFile)
    proposal = propose(read, hints=hints)
    assert isinstance(proposal, Proposal)
    ledger = parse(read, proposal.layout, creditor="c", currency="CNY")
    assert isinstance(ledger, ParsedLedger)
    return proposal, ledger


def test_the_committed_examples_are_what_the_generators_give() -> None:
    assert (EXAMPLES / "jiangnan-bearing-ledger.csv").read_bytes() == synthetic_ledger(seed=SEED, until=UNTIL)
    assert (EXAMPLES / "jiangnan-bearing-bad-rows.csv").read_bytes() == bad_rows()
    assert (EXAMPLES / "ledger-template.csv").read_bytes() == template_csv()


def test_another_seed_is_another_ledger() -> None:
    assert synthetic_ledger(seed=1, until=UNTIL) != synthetic_ledger(seed=2, until=UNTIL)


def test_the_synthetic_ledger_reads_without_a_question_and_its_totals_match() -> None:
    proposal, ledger = parsed(synthetic_ledger(seed=SEED, until=UNTIL))
    assert LABEL in proposal.skipped_above[0].cells[0]
    assert (proposal.missing, proposal.questions, proposal.notices) == ((), (), ())
    assert proposal.stated_as_of == UNTIL
    assert ledger.counts.staged == 0
    assert {check.currency: check.matches for check in ledger.totals} == {
        "CNY": True,
        "USD": True,
        "EUR": True,
    }
    kinds = dict(ledger.good.get_column("kind").value_counts().iter_rows())
    assert kinds["invoice"] == 600
    assert kinds["credit_note"] > 10
    assert kinds["unapplied_payment"] > 3
    assert (
        ledger.good.filter(pl.col("paid_minor").abs().is_between(1, pl.col("amount_minor").abs() - 1)).height
        > 20
    )
    assert int(str(ledger.good.get_column("invoice_on").max()).replace("-", "")) <= 20261120


def test_each_bad_row_has_its_sentence() -> None:
    _, ledger = parsed(bad_rows())
    assert ledger.counts.data_rows == 23
    assert ledger.counts.staged == 17
    assert ledger.counts.duplicates == 1
    for row in ledger.staged:
        assert row.problems
        assert all(problem.zh.startswith(f"第 {row.line_no} 行") for problem in row.problems)


@pytest.mark.parametrize("form", [template_csv, template_xlsx])
def test_the_form_reads_as_it_explains(form) -> None:
    proposal, ledger = parsed(form())
    assert proposal.missing == ()
    assert all(column.field for column in proposal.layout.columns)
    assert len(proposal.layout.columns) == len(FORM)
    assert (ledger.counts.good, ledger.counts.staged) == (3, 0)
    assert ledger.good.get_column("document_number").to_list() == [
        f"263220000000000000{n}" for n in (11, 12, 13)
    ]


def test_the_measuring_ledger_is_valid_and_the_same_for_a_seed() -> None:
    data = b"".join(benchmark_chunks(5_000, 7))
    assert data == b"".join(benchmark_chunks(5_000, 7))
    assert data != b"".join(benchmark_chunks(5_000, 8))
    assert data.split(b"\n", 1)[0].count(b",") == 11
    _, ledger = parsed(data)
    assert (ledger.counts.good, ledger.counts.staged, ledger.counts.duplicates) == (5_000, 0, 0)
    assert set(ledger.good.get_column("flags").unique()) == {""}
