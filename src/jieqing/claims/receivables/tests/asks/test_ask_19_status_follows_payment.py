"""Ask 19. Status follows payment at once, not overnight.

Requirement: after a credit, stage/score/queue update < 2 s; oldest open instalment drives DPD; open-ended bucket and
charge-backs covered; paid-off leaves queue in same transaction.
Source: apache/fineract PR #2566, #2550, #2739, #3682.

No status is stored in the ledger: every reading is a sum, so the reading after the credit is the status. Score and queue
hear the event and are tested where they live.
"""

from datetime import date
from time import monotonic

import pytest

from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.selectors import DebtorFigures, ItemFilter
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 31)
FIRST, SECOND = date(2026, 2, 1), date(2026, 11, 1)


def rows(first_paid: str = "", second_paid: str = ""):
    return [
        ("明达", "FP-1", "2026-01-01", FIRST.isoformat(), "100.00", first_paid, "2026-12-30" if first_paid else ""),
        ("明达", "FP-2", "2026-10-01", SECOND.isoformat(), "50.00", second_paid, "2026-12-30" if second_paid else ""),
    ]  # fmt: skip


def debtor(books: Books) -> DebtorFigures | None:
    with site_scope(books.site_id):
        party = books.items()["FP-1"].debtor_id
        figures = selectors.debtor_figures(party, as_of=DAY)
    return figures[0] if figures else None


def test_ask_19_the_oldest_open_instalment_drives_the_days_and_a_payment_shows_at_once() -> None:
    books = open_books()
    books.imported(csv_of(rows()))
    found = debtor(books)
    assert found and found.overdue_days_max == (DAY - FIRST).days
    with site_scope(books.site_id):
        (report,) = selectors.ageing(as_of=DAY)
        assert report.sums[-1].amount_minor == 10_000, "the open-ended last bucket"
    begun = monotonic()
    books.imported(csv_of(rows("100.00")), "收款.csv")
    found = debtor(books)
    assert monotonic() - begun < 2.0
    assert found and (found.overdue_days_max, found.open_minor) == ((DAY - SECOND).days, 5_000)


def test_ask_19_paid_off_leaves_every_list_and_a_charge_back_returns() -> None:
    books = open_books()
    books.imported(csv_of(rows()))
    paid = books.imported(csv_of(rows("100.00", "50.00")), "收款.csv")
    assert debtor(books) is None
    with site_scope(books.site_id):
        assert selectors.items_page(ItemFilter(), as_of=DAY).total_items == 0
        assert selectors.debtors_page(as_of=DAY, currency="CNY").total_debtors == 0
    books.undone(paid)
    found = debtor(books)
    assert found and (found.open_minor, found.overdue_days_max) == (15_000, (DAY - FIRST).days)
