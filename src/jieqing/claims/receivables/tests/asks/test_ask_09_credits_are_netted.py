"""Ask 9. Credit notes ignored or counted as debt.

Requirement: unapplied credits shown on the reminder and netted in "please pay"; matching never creates new postings;
full-credit debtor gets no reminder.
Source: OCA/credit-control#211, PR #283/#345/#346; frappe/erpnext#16355, #50505; OCA/account-financial-reporting#289.

The reminder that exists today is the statement of account; that matching adds no amount is the bank room's test.
"""

from datetime import date

import pytest

from jieqing.claims.parties.models import Party
from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.selectors.account_statements import Account, newest_revision, read_statement
from jieqing.claims.receivables.services import account_statements
from jieqing.claims.receivables.services.account_statements import StatementOrder
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.claims.receivables.tests.test_account_statements import text_of
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


@pytest.fixture
def books() -> Books:
    found = open_books()
    found.imported(
        csv_of(
            [
                ("明达", "FP-1", "2026-03-01", "2026-04-01", "1000.00", "", ""),
                ("明达", "HZ-1", "2026-05-01", "", "-300.00", "", ""),
                ("华兴", "FP-2", "2026-03-01", "2026-04-01", "50.00", "", ""),
                ("华兴", "HZ-2", "2026-05-01", "", "-80.00", "", ""),
            ]
        )
    )
    return found


def section_of(books: Books, code: str):
    with site_scope(books.site_id):
        account = Account(Party.objects.get(code=code).id, newest_revision())
        return unwrap(read_statement(account, Terms(as_of=DAY))).sections[0]


def paper_of(books: Books, code: str) -> str:
    with site_scope(books.site_id):
        order = StatementOrder(Party.objects.get(code=code).id, Terms(as_of=DAY))
        return text_of(unwrap(account_statements.preview_pdf(actor=books.actor, order=order)))


def test_ask_09_credits_are_shown_and_netted(books: Books) -> None:
    found = section_of(books, "明达")
    assert (found.closing_minor, found.credits_minor, found.to_pay_minor) == (70_000, -30_000, 70_000)
    text = paper_of(books, "明达")
    assert "净应付700.00" in text and "-300.00" in text and "HZ-1" in text


def test_ask_09_a_debtor_in_full_credit_is_asked_for_nothing(books: Books) -> None:
    found = section_of(books, "华兴")
    assert (found.closing_minor, found.to_pay_minor) == (-3_000, 0)
    assert "净应付0.00" in paper_of(books, "华兴")


def test_ask_09_netting_is_reading_and_writes_nothing(books: Books) -> None:
    with site_scope(books.site_id):
        before = selectors.ledger_facts().revision
    section_of(books, "明达")
    with site_scope(books.site_id):
        assert selectors.ledger_facts().revision == before
        assert selectors.ledger_sums(as_of=DAY) == {"CNY": 67_000}
