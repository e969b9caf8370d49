"""The two public ledgers, untouched: every row read, and open totals equal to sums taken straight from the file.

Skipped where the shared data is absent; found through JIEQING_SHARED or beside the checkout.
"""

import csv
import os
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from jieqing.claims.receivables.engine.ledger_rows import postings_of
from jieqing.claims.receivables.engine.ledger_types import ParsedLedger
from jieqing.claims.receivables.engine.parsing import parse
from jieqing.claims.receivables.engine.proposing import Proposal, propose
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.kernel.outcomes import Problem

SHARED = Path(os.environ.get("JIEQING_SHARED") or Path(__file__).resolve().parents[5].parent / "shared")
IBM = SHARED / "data" / "ibm_ar"
HIGHRADIUS = SHARED / "data" / "highradius"
needs_shared = pytest.mark.skipif(not IBM.is_dir(), reason="the shared data is not on this machine")

Settled = Callable[[dict[str, str]], tuple[date, date, Decimal]]


def ledger_of(folder: Path, currency: str | None) -> tuple[Path, Proposal, ParsedLedger]:
    path = next(folder.glob("*.csv"))
    read = read_file(path.read_bytes(), path.name)
    assert not isinstance(read, Problem)
    proposal = propose(read)
    assert not isinstance(proposal, Problem)
    ledger = parse(read, proposal.layout, creditor="creditor-1", currency=currency)
    assert not isinstance(ledger, Problem)
    return path, proposal, ledger


def open_minor(ledger: ParsedLedger, day: date) -> int:
    postings = postings_of(ledger.good)
    return int(postings.filter(pl.col("effective_on") <= day).get_column("amount_minor").sum())


def own_sum(path: Path, day: date, facts: Settled) -> int:
    """Invoiced on or before the day and not settled by it, straight from the text of the file."""
    total = Decimal(0)
    with path.open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            invoiced, settled, amount = facts(row)
            if invoiced <= day < settled:
                total += amount
    return int(total * 100)


def ibm_facts(row: dict[str, str]) -> tuple[date, date, Decimal]:
    return american(row["InvoiceDate"]), american(row["SettledDate"]), Decimal(row["InvoiceAmount"])


def american(text: str) -> date:
    month, day, year = map(int, text.split("/"))
    return date(year, month, day)


def highradius_facts(row: dict[str, str]) -> tuple[date, date, Decimal]:
    return (
        date.fromisoformat(row["posting_date"][:10]),
        date.fromisoformat(row["clear_date"][:10]),
        Decimal(row["converted_usd"]),
    )


@needs_shared
def test_ibm_ledger_is_read_whole_and_sums_as_of_its_replay_date() -> None:
    path, proposal, ledger = ledger_of(IBM, "USD")
    assert proposal.missing == ("currency",)
    assert (ledger.counts.good, ledger.counts.staged, ledger.counts.duplicates) == (2_466, 0, 0)
    assert ledger.good.get_column("debtor_key").n_unique() == 100
    for day in (date(2013, 6, 30), date(2012, 1, 31), date(2013, 12, 31)):
        assert open_minor(ledger, day) == own_sum(path, day, ibm_facts)
    assert open_minor(ledger, date(2014, 12, 31)) == 0


@needs_shared
def test_highradius_ledger_is_read_whole_and_sums_on_every_day() -> None:
    path, proposal, ledger = ledger_of(HIGHRADIUS, None)
    assert proposal.ready
    assert (proposal.layout.currency, proposal.currency_source) == ("USD", "header")
    assert (ledger.counts.good, ledger.counts.staged) == (9_681, 0)
    for offset in range(0, 150, 7):
        day = date(2020, 2, 25) + timedelta(days=offset)
        assert open_minor(ledger, day) == own_sum(path, day, highradius_facts)


@needs_shared
def test_highradius_prepayments_count_from_the_invoice_date_and_say_so() -> None:
    _, _, ledger = ledger_of(HIGHRADIUS, None)
    early = ledger.good.filter(pl.col("flags").str.contains("paid_before_invoice"))
    assert early.height == 123
    assert bool((early.get_column("paid_on") == early.get_column("invoice_on")).all())
    assert bool((early.get_column("settled_on") < early.get_column("invoice_on")).all())
