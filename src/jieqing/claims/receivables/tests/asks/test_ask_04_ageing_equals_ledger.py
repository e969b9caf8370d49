"""Ask 4. Ageing must equal the ledger.

Requirement: invariant checked in CI on 10^5 random postings: sum of buckets = outstanding = control account;
draft and cancelled documents excluded. Source: frappe/erpnext#49262, #44352; odoo/odoo#77668, #10761.

A seeded share runs always; ``make soak`` asks it of 10^5 postings (LEDGER_POSTINGS=100000).
"""

from datetime import date, timedelta
from random import Random

import pytest

from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.engine.ageing import Basis
from jieqing.claims.receivables.services import ImportOptions, open_batch
from jieqing.claims.receivables.tests.random_books import FIRST_DAY, random_ledger
from jieqing.claims.receivables.tests.small_ledgers import csv_of, open_books
from jieqing.claims.receivables.tests.test_ageing_equals_ledger import POSTINGS, REVISIONS, check, save
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


@pytest.mark.rows_by_hand("a ledger of random revisions, not of imports")
def test_ask_04_ageing_equals_ledger() -> None:
    random, books = Random(4), open_books()
    ledger = random_ledger(books.site_id, random, postings=POSTINGS, revisions=REVISIONS)
    with site_scope(books.site_id):
        save(ledger)
        for basis in Basis:
            as_of = FIRST_DAY + timedelta(days=random.randrange(900))
            edges = tuple(sorted(random.sample(range(-60, 400), 4)))
            check(ledger, as_of=as_of, basis=basis, edges=edges, revision=None)
            (desk,) = [row for row in selectors.portfolio(as_of=as_of) if row.currency == "CNY"]
            (report,) = selectors.ageing(as_of=as_of, basis=basis, edges=edges, currency="CNY")
            # Buckets, the desk's outstanding, the control account: one number.
            assert report.total_minor == desk.outstanding_minor == selectors.ledger_sums(as_of=as_of)["CNY"]


def test_ask_04_a_draft_and_an_undone_document_count_nowhere() -> None:
    books = open_books()
    books.imported(csv_of([("明达", "FP-1", "2026-05-10", "2026-06-10", "100.00", "", "")]))
    taken_back = books.imported(
        csv_of([("明达", "FP-2", "2026-05-10", "2026-06-10", "7.00", "", "")]), "b.csv"
    )
    assert books.open_amount(DAY) == 10_700
    books.undone(taken_back)
    draft = csv_of([("明达", "FP-3", "2026-05-10", "2026-06-10", "9.00", "", "")])
    open_batch(actor=books.actor, name="c.csv", source=draft, options=ImportOptions())
    assert books.open_amount(DAY) == 10_000
    with site_scope(books.site_id):
        assert selectors.ledger_sums(as_of=DAY) == {"CNY": 10_000}
