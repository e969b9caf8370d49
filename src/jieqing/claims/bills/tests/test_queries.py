"""The pages of bills ask the database the same, however many bills there are."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast

from jieqing.claims.bills.engine.bills import BillKind
from jieqing.claims.bills.services import BillOrder, receive_bill
from jieqing.claims.receivables.tests.hand_ledger import DAY, HandLedger
from jieqing.kernel.outcomes import unwrap


@pytest.mark.parametrize("address", ["list", "one"])
def test_the_pages_of_bills_ask_the_same_for_one_and_for_seven(
    cast: Cast, hand_ledger: HandLedger, address: str
) -> None:
    items = [hand_ledger.add(f"FP-{at}", f"明达{at}", 1000_00, due_in=-40) for at in range(7)]
    hand_ledger.commit()
    actor, owner = cast.actor("owner"), cast.clients["owner"]
    root = f"/s/{cast.site.slug}/ledger/bills/"

    def received(at: int) -> str:
        order = BillOrder(
            items[at].debtor_id,
            BillKind.BANK,
            f"1-310{at}",
            "明达",
            "某银行",
            600_00,
            "CNY",
            date(2027, 3, 1),
            DAY,
        )
        return f"{root}{unwrap(receive_bill(actor=actor, order=order)).id}/"

    first = received(0)
    page = root if address == "list" else first
    owner.get(page)
    with CaptureQueriesContext(connection) as before:
        assert owner.get(page).status_code == 200
    for at in range(1, 7):
        received(at)
    owner.get(page)
    with CaptureQueriesContext(connection) as after:
        shown = owner.get(page)
    assert shown.status_code == 200
    assert address == "one" or "1-3106" in shown.content.decode()
    assert len(after) == len(before)
