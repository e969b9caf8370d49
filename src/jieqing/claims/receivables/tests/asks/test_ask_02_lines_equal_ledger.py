"""Ask 2. Several invoices in one notice show the last one's outstanding.

Requirement: property test: for any k items, each line's outstanding equals the ledger's outstanding; the sum equals the
header. Source: frappe/erpnext#42605, #46650, PR #46770.
"""

from datetime import date, timedelta
from random import Random

import pytest

from jieqing.claims.parties.models import Party
from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.models import Posting
from jieqing.claims.receivables.selectors.account_statements import Account, newest_revision, read_statement
from jieqing.claims.receivables.tests.small_ledgers import csv_of, open_books
from jieqing.claims.receivables.tests.test_account_statements import random_rows
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(4))
def test_ask_02_each_line_is_its_own_and_the_head_is_their_sum(seed: int) -> None:
    random, books = Random(seed), open_books()
    books.imported(csv_of(random_rows(random, 0)))
    as_of = date(2026, 3, 1) + timedelta(days=random.randrange(120))
    numbers = {item.id: item.document_number for item in books.items().values()}
    with site_scope(books.site_id):
        ledger: dict[str, int] = {}
        for row in Posting.objects.filter(effective_on__lte=as_of, voided_rev=None):
            ledger[numbers[row.item_id]] = ledger.get(numbers[row.item_id], 0) + row.amount_minor
        told: dict[str, int] = {}
        for party in Party.objects.all():
            found = unwrap(read_statement(Account(party.id, newest_revision()), Terms(as_of=as_of)))
            for section in found.sections:
                lines = {row.document: row.open_minor for row in section.documents}
                assert section.closing_minor == sum(lines.values())
                told |= lines
    assert told == {number: minor for number, minor in ledger.items() if minor}
