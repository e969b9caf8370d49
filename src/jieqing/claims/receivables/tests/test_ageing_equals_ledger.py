"""Ageing equals the ledger, on random postings: 10^5 of them in the soak, a seeded share of them always.

Compared are the database statement, the engine's second formulation, and the plain sum of postings (the control
account); for random days, bases, edges and moments of knowledge.
"""

import os
from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.claims.receivables.engine.ageing import Basis, age_items, build_reports
from jieqing.claims.receivables.models import Item, ItemPast, LedgerRevision, Posting, RevisionKind
from jieqing.claims.receivables.tests import random_books
from jieqing.claims.receivables.tests.random_books import FIRST_DAY, MirrorLedger, random_ledger
from jieqing.claims.receivables.tests.small_ledgers import open_books
from jieqing.kernel.ids import new_id
from jieqing.kernel.tests.worked_tables import tables
from jieqing.plumbing.db.scopes import site_scope

PAGE = tables("algorithms/ageing.md")
REVISIONS = 6
QUESTIONS = 12
# ``LEDGER_POSTINGS=100000`` asks the whole question; a share keeps the ordinary run short.
POSTINGS = int(os.environ.get("LEDGER_POSTINGS", "6000"))


def instant(revision: int) -> datetime:
    return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=revision)


def save(ledger: MirrorLedger) -> None:
    first = ledger.items[0]
    LedgerRevision.objects.bulk_create(
        LedgerRevision(
            site_id=first.site_id,
            number=number,
            kind=RevisionKind.IMPORT,
            at=instant(number),
            actor_id=new_id(),
            entry_id=new_id(),
        )
        for number in range(1, REVISIONS + 1)
    )
    for model, rows in ((Item, ledger.items), (ItemPast, ledger.past), (Posting, ledger.postings)):
        model.objects.bulk_create(rows, batch_size=2_000)  # type: ignore[attr-defined]


@pytest.mark.rows_by_hand("a ledger of random revisions, not of imports")
@pytest.mark.parametrize("seed", [1, 2])
def test_ageing_equals_the_ledger_whatever_is_asked(db: None, seed: int) -> None:
    random = Random(seed)
    books = open_books()
    ledger = random_ledger(books.site_id, random, postings=POSTINGS, revisions=REVISIONS)
    with site_scope(books.site_id):
        save(ledger)
        for _question in range(QUESTIONS):
            as_of = FIRST_DAY + timedelta(days=random.randrange(-5, 900))
            basis = random.choice(list(Basis))
            edges = tuple(sorted(random.sample(range(-60, 400), random.randint(1, 7))))
            revision = random.choice([None, *range(REVISIONS + 1)])
            check(ledger, as_of=as_of, basis=basis, edges=edges, revision=revision)


def check(
    ledger: MirrorLedger, *, as_of: date, basis: Basis, edges: tuple[int, ...], revision: int | None
) -> None:
    known_at = None if revision is None else instant(revision)
    found = selectors.ageing(as_of=as_of, basis=basis, edges=edges, known_at=known_at)
    opened = ledger.open_items(as_of, REVISIONS if revision is None else revision)
    wanted = build_reports(
        age_items(opened, as_of=as_of, basis=basis, edges=edges), as_of=as_of, basis=basis, edges=edges
    )
    assert [report.canonical() for report in found] == [report.canonical() for report in wanted]
    if revision is None:
        live = Posting.objects.filter(effective_on__lte=as_of, voided_rev=None)
        control: dict[str, int] = {}
        for currency, amount in live.values_list("currency", "amount_minor"):
            control[currency] = control.get(currency, 0) + amount
        totals = {report.currency: report.total_minor for report in found}
        assert {code: minor for code, minor in control.items() if code in totals or minor} == totals


def page_day(text: str) -> date | None:
    return None if text == "-" else date.fromisoformat(text)


@pytest.mark.rows_by_hand("the worked tables of the page")
def test_the_statement_replays_the_page(db: None) -> None:
    """The tables of docs/algorithms/ageing.md that the engine replays, by the database."""
    books = open_books()
    ledger = MirrorLedger()
    for row in PAGE["One ledger, three bases"]:
        invoice_on, amount = date.fromisoformat(row["invoice"]), int(row["open"])
        state = random_books.state(Random(0), invoice_on, amount, 1) | {
            "currency": row["currency"],
            "due_on": page_day(row["due"]),
            "posting_on": page_day(row["posting"]),
        }
        item = Item(site_id=books.site_id, business_key=new_id(), **state)
        ledger.items.append(item)
        ledger.postings.append(random_books.posting(item, PostingKind.INVOICE, amount, invoice_on, 1))
    with site_scope(books.site_id):
        save(ledger)
        for basis, heading in ((Basis.DUE, "Sums by due date"), (Basis.POSTING, "Sums by posting date")):
            found = [
                [row.currency, *astuple(row)[1:]]
                for report in selectors.ageing(as_of=date(2026, 6, 30), basis=basis)
                for row in report.sums
                if row.items
            ]
            wanted = [[row["currency"], *map(int, list(row.values())[1:])] for row in PAGE[heading]]
            assert found == wanted


@pytest.mark.rows_by_hand("the worked tables of the page")
def test_the_two_axes_of_the_page(db: None) -> None:
    books = open_books()
    invoice_on = date(2026, 1, 10)
    item = Item(
        site_id=books.site_id, business_key=new_id(), **random_books.state(Random(0), invoice_on, 1000, 1)
    )
    paid = random_books.posting(item, PostingKind.PAYMENT, -400, date(2026, 2, 20), 2)
    paid.voided_rev = 3
    document = random_books.posting(item, PostingKind.INVOICE, 1000, invoice_on, 1)
    with site_scope(books.site_id):
        save(MirrorLedger([item], [], [document, paid]))
        for row in PAGE["What is open"]:
            found = selectors.ageing(
                as_of=date.fromisoformat(row["as of"]), known_at=instant(int(row["known at revision"]))
            )
            assert sum(report.total_minor for report in found) == int(row["open"]), row
