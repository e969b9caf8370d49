"""Two workers and one credit: it is used once."""

from collections.abc import Iterator
from datetime import date

import pytest

from jieqing.claims.receivables.engine.acts import ActKind
from jieqing.claims.receivables.models import LedgerAct
from jieqing.claims.receivables.services.acts import ActOrder, act_on_item
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from tests.concurrency.test_imports import in_threads

DAY = date(2026, 6, 30)
ROWS = (
    ("C1", "A-1", "2026-01-10", "2026-02-10", "1000.00", "", ""),
    ("C1", "P-1", "2026-02-01", "", "-600.00", "", ""),
)


@pytest.fixture
def books(transactional_db: None) -> Iterator[Books]:
    books = open_books()
    yield books
    assert books.findings() == []


def test_workers_with_the_same_credit_apply_it_once(books: Books) -> None:
    books.imported(csv_of(ROWS))
    items = books.items()

    def work(number: int) -> LedgerAct | Problem:
        order = ActOrder(ActKind.APPLICATION, 600_00, DAY, f"{number}", items["P-1"])
        return act_on_item(actor=books.actor, item=books.items()["A-1"], order=order)

    results = in_threads(work, 3)
    assert sorted(is_problem(found) for found in results) == [False, True, True]
    assert {found.code for found in results if is_problem(found)} <= {"act.beyond_open", "act.beyond_credit"}
    with site_scope(books.site_id):
        assert LedgerAct.objects.count() == 1
    assert books.open_amount(DAY) == 400_00
