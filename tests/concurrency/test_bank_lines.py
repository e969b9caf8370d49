"""Two people and one bank line: it is decided once, and the money is in the ledger once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from jieqing.claims.receipts import services as bank
from jieqing.claims.receipts.models import BankLine, Match
from jieqing.claims.receipts.selectors import suggestion_key, suggestions_for
from jieqing.claims.receipts.tests.bank_files import Row, icbc
from jieqing.claims.receivables.models import Posting
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope

ROWS = [("C1", "A-00001", "2026-01-10", "2026-02-10", "100.00", "0", "")]


@pytest.fixture
def books(transactional_db: None) -> Iterator[Books]:
    books = open_books()
    yield books
    assert books.findings() == []


def test_of_two_approvers_one_posts_and_the_other_is_told(books: Books) -> None:
    books.imported(csv_of(ROWS))
    entered = bank.enter_file(
        actor=books.actor, name="a.csv", source=icbc([Row("2026-10-01", "100.00", "C1有限公司", "A-00001")])
    )
    assert entered.problem is None
    with site_scope(books.site_id):
        line = BankLine.objects.select_related("account", "statement").get()
        key = suggestion_key(suggestions_for([line])[line.id][0])

    def work(_number: int) -> Match | Problem:
        try:
            return bank.approve(actor=books.actor, line=line, suggestion=key)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(work, range(3)))
    assert sum(isinstance(answer, Match) for answer in answers) == 1
    assert {answer.code for answer in answers if isinstance(answer, Problem)} == {"bank.already_matched"}
    with site_scope(books.site_id):
        assert [row.amount_minor for row in Posting.objects.filter(source=2)] == [-10_000]
