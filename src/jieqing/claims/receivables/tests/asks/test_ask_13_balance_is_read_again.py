"""Ask 13. Amount due vs balance due confusion.

Requirement: all letters use the *remaining* balance at send time; original shown separately; re-read inside the send
transaction. Source: OCA/credit-control PR #457, #501. What is said under a permit is tested in
``recovery.outreach``; the letter is the statement of account.
"""

from datetime import date

import pytest

from jieqing.claims.parties.models import Party
from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.services import account_statements as services
from jieqing.claims.receivables.services.account_statements import StatementOrder
from jieqing.claims.receivables.tests.small_ledgers import csv_of, open_books
from jieqing.claims.receivables.tests.test_account_statements import pdf_of, text_of
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


def test_ask_13_what_is_issued_is_what_remains_at_that_moment() -> None:
    """Drawn, then a payment comes in, then issued: the paper holds what remains, and the original beside it."""
    books = open_books()
    books.imported(csv_of([("明达", "FP-1", "2026-03-01", "2026-04-01", "1000.00", "", "")]))
    with site_scope(books.site_id):
        order = StatementOrder(Party.objects.get(code="明达").id, Terms(as_of=DAY))
        seen = unwrap(services.draw_statement(actor=books.actor, order=order))
    assert seen.figures.closing == {"CNY": 100_000}
    books.imported(
        csv_of([("明达", "FP-1", "2026-03-01", "2026-04-01", "1000.00", "400.00", "2026-06-29")]), "b.csv"
    )
    issued = unwrap(services.issue_statement(actor=books.actor, order=order))
    assert (issued.closing, issued.known_rev) == ({"CNY": 60_000}, 2)
    text = text_of(pdf_of(books, issued))
    assert "600.00" in text and "1,000.00" in text
