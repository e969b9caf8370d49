"""Ask 23. Partial payment and failed attempts on the invoice.

Requirement: 1 invoice : N payments incl. partial; failed attempts and next retry date on timeline; retries configurable
per channel. Source: killbill/killbill#125, #393, #69, #1107, #1324.

The platform collects no money (guarantee 5): an attempt is a contact about the debt, tested in ``recovery.outreach``; here
is the first part. A bank line that was refused or returned is the bank room's.
"""

from datetime import date

import pytest

from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.claims.receivables.models import Posting
from jieqing.claims.receivables.tests.hand_ledger import DAY, HandLedger
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.django_db


@pytest.mark.rows_by_hand("payments of several days on one invoice")
def test_ask_23_one_invoice_takes_many_partial_payments(hand_ledger: HandLedger) -> None:
    item = hand_ledger.add("FP-1", "明达", 100_00, due_in=-5)
    batch = hand_ledger.commit()
    parts = ((date(2026, 11, 1), 30_00), (date(2026, 11, 10), 20_00), (DAY, 49_99))
    with site_scope(hand_ledger.site_id):
        for on, paid in parts:
            payment = hand_ledger._posting(item, PostingKind.PAYMENT, -paid, on)
            payment.recorded_rev = payment.origin_rev = batch.committed_rev
            payment.save()
        open_minor = [selectors.item_detail(item, as_of=on).open_minor for on, _paid in parts]
        found = selectors.item_detail(item, as_of=DAY)
        assert Posting.objects.filter(item=item).count() == 4
    assert open_minor == [70_00, 50_00, 1]
    assert [(row.effective_on, row.amount_minor) for row in found.postings[1:]] == [
        (on, -paid) for on, paid in parts
    ]
