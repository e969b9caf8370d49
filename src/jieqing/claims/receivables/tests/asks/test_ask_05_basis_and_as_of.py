"""Ask 5. Ageing basis and as-of date.

Requirement: ageing takes (basis: due / invoice / posting, as_of); items without due date fall back visibly, never
dropped; historical as_of with later partial payments reproduces that day's report byte-identically.
Source: frappe/erpnext#43162/3/4, PR #48036, PR #48540; odoo/odoo PR #16235, #247538.
"""

from datetime import UTC, date, datetime

import pytest

from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.engine.ageing import Basis
from jieqing.claims.receivables.tests.small_ledgers import csv_of, open_books
from jieqing.kernel import clock
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


def test_ask_05_the_basis_decides_the_bucket_and_nothing_is_dropped() -> None:
    books = open_books()
    books.imported(
        csv_of(
            [
                ("明达", "FP-1", "2026-03-01", "2026-06-20", "100.00", "", ""),
                ("明达", "FP-2", "2026-03-01", "", "7.00", "", ""),
            ]
        )
    )
    with site_scope(books.site_id):
        (due,) = selectors.ageing(as_of=DAY, basis=Basis.DUE)
        (invoice,) = selectors.ageing(as_of=DAY, basis=Basis.INVOICE)
        (posting,) = selectors.ageing(as_of=DAY, basis=Basis.POSTING)
    assert [row.amount_minor for row in due.sums] == [0, 10_000, 0, 0, 700]
    assert [row.amount_minor for row in invoice.sums] == [0, 0, 0, 0, 10_700]
    assert due.total_minor == invoice.total_minor == posting.total_minor == 10_700
    # The item without a due date is in the report, and the report says that it fell back.
    assert due.as_dict()["fallback"] == {"amount_fen": 700, "items": 1}
    assert invoice.as_dict()["fallback"] == {"amount_fen": 0, "items": 0}


def test_ask_05_a_past_day_comes_back_byte_for_byte_after_later_payments() -> None:
    books = open_books()
    before = datetime(2026, 6, 30, 9, tzinfo=UTC)
    with clock.frozen(before):
        books.imported(csv_of([("明达", "FP-1", "2026-03-01", "2026-04-01", "100.00", "", "")]))
        of_the_day = {basis: books.report(DAY, basis=basis) for basis in Basis}
    for month, paid, day in ((7, "30.00", "2026-07-02"), (8, "65.00", "2026-06-15")):
        with clock.frozen(datetime(2026, month, 5, tzinfo=UTC)):
            books.imported(
                csv_of([("明达", "FP-1", "2026-03-01", "2026-04-01", "100.00", paid, day)]), f"{month}.csv"
            )
    for basis in Basis:
        assert books.report(DAY, basis=basis, known_at=before) == of_the_day[basis]
    # As known now the back-dated payment counts from its own day on.
    assert books.open_amount(date(2026, 6, 14)) == 10_000
    assert books.open_amount(DAY) == 3_500
