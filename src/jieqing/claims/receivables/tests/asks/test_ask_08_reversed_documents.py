"""Ask 8. Cancelled documents printed on statements; no letterhead.

Requirement: reversed / cancelled hidden by default, toggle shows both legs; tenant letterhead always.
Source: frappe/erpnext_com#806.
"""

from datetime import date

import pytest

from jieqing.claims.parties.models import Party
from jieqing.claims.receivables.engine.account_statement import Section, Terms
from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.claims.receivables.selectors.account_statements import Account, newest_revision, read_statement
from jieqing.claims.receivables.services import account_statements
from jieqing.claims.receivables.services.account_statements import StatementOrder
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.claims.receivables.tests.test_account_statements import text_of
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.django_db
DAY, FROM = date(2026, 6, 30), date(2026, 1, 1)


@pytest.fixture
def books() -> Books:
    """FP-1 stands; FP-2 came with a file that was taken back."""
    found = open_books()
    found.imported(csv_of([("明达", "FP-1", "2026-03-01", "2026-04-01", "1000.00", "", "")]))
    wrong = found.imported(csv_of([("明达", "FP-2", "2026-03-05", "2026-04-05", "77.00", "", "")]), "b.csv")
    found.undone(wrong)
    return found


def read(books: Books, *, shows_reversed: bool) -> Section:
    with site_scope(books.site_id):
        account = Account(Party.objects.get(code="明达").id, newest_revision())
        terms = Terms(as_of=DAY, from_on=FROM, shows_reversed=shows_reversed)
        return unwrap(read_statement(account, terms)).sections[0]


def test_ask_08_what_was_cancelled_is_hidden_by_default(books: Books) -> None:
    found = read(books, shows_reversed=False)
    assert [(row.document, row.amount_minor) for row in found.movements] == [("FP-1", 100_000)]


def test_ask_08_the_toggle_shows_both_legs_and_changes_no_balance(books: Books) -> None:
    hidden, shown = read(books, shows_reversed=False), read(books, shows_reversed=True)
    assert [(row.document, row.kind, row.amount_minor) for row in shown.movements] == [
        ("FP-1", PostingKind.INVOICE, 100_000),
        ("FP-2", PostingKind.INVOICE, 7_700),
        ("FP-2", PostingKind.REVERSAL, -7_700),
    ]
    assert shown.closing_minor == hidden.closing_minor == 100_000
    assert [row.document for row in shown.documents] == ["FP-1"]


@pytest.mark.parametrize("shows_reversed", [False, True])
def test_ask_08_the_letterhead_is_always_there(books: Books, shows_reversed: bool) -> None:
    terms = Terms(as_of=DAY, from_on=FROM, shows_reversed=shows_reversed)
    with site_scope(books.site_id):
        order = StatementOrder(Party.objects.get(code="明达").id, terms)
        issued = unwrap(account_statements.issue_statement(actor=books.actor, order=order))
        pdf = account_statements.read_statement_file(issued, "pdf")
        assert account_statements.remake_pdf(issued) == pdf
    text = text_of(pdf)
    assert "江南轴承" in text and ("FP-2" in text) == shows_reversed
