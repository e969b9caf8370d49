"""Ask 3. Due today is not overdue.

Requirement: due_date = as_of -> overdue false, no reminder; +1 day -> true; in debtor's time zone; grace days honoured;
non-business-day roll optional. Source: frappe/erpnext PR #45685, #45716; OCA/credit-control PR #139.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from jieqing.claims.parties.models import Party
from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.selectors import ItemFilter
from jieqing.claims.receivables.selectors.account_statements import Account, newest_revision, read_statement
from jieqing.claims.receivables.selectors.item_filter import ItemState
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel import clock
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.django_db
DUE = date(2026, 6, 10)


@pytest.fixture
def books() -> Books:
    found = open_books()
    found.imported(csv_of([("明达", "FP-1", "2026-05-10", DUE.isoformat(), "100.00", "", "")]))
    return found


def overdue_everywhere(books: Books, as_of: date) -> set[int]:
    """What desk, ageing, list, debtor's list and statement say is overdue on a day."""
    with site_scope(books.site_id):
        party = Party.objects.get(code="明达")
        (desk,) = selectors.portfolio(as_of=as_of)
        (ageing,) = selectors.ageing(as_of=as_of)
        items = selectors.items_page(ItemFilter(state=ItemState.OVERDUE), as_of=as_of)
        (debtor,) = selectors.debtors_page(as_of=as_of, currency="CNY").rows
        statement = unwrap(read_statement(Account(party.id, newest_revision()), Terms(as_of=as_of)))
        return {
            desk.overdue_minor,
            ageing.overdue_minor,
            items.totals_minor.get("CNY", 0),
            debtor.overdue_minor,
            statement.sections[0].overdue_minor,
        }


def test_ask_03_due_today_is_not_overdue_and_tomorrow_is(books: Books) -> None:
    assert overdue_everywhere(books, DUE) == {0}
    assert overdue_everywhere(books, DUE + timedelta(days=1)) == {10_000}


def test_ask_03_today_is_a_day_in_china_wherever_the_server_stands() -> None:
    """16:00 UTC is the next day in Shanghai: the debtor's day decides, not the server's."""
    with clock.frozen(datetime(2026, 6, 10, 15, 59, tzinfo=UTC)):
        assert clock.today() == DUE
    with clock.frozen(datetime(2026, 6, 10, 16, 0, tzinfo=UTC)):
        assert clock.today() == DUE + timedelta(days=1)
        assert clock.today("Europe/London") == DUE
