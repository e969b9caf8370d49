"""The page of conversion asks the database the same, however many rates were entered."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast

from jieqing.claims.exchange.services import enter_rate, set_reporting_currency
from jieqing.claims.receivables.tests.hand_ledger import HandLedger
from jieqing.kernel.outcomes import unwrap


def test_the_page_of_rates_asks_the_same_for_one_and_for_seven(cast: Cast, hand_ledger: HandLedger) -> None:
    hand_ledger.add("FP-1", "明达", 1000_00, due_in=-40)
    hand_ledger.commit()
    actor, owner = cast.actor("owner"), cast.clients["owner"]
    page = f"/s/{cast.site.slug}/ledger/exchange/"
    set_reporting_currency(actor=actor, currency="CNY")

    def entered(at: int) -> None:
        on = date(2026, 6, 1) + timedelta(days=at)
        unwrap(enter_rate(actor=actor, base="USD", quote="CNY", on=on, rate=Decimal("7.1"), source="中间价"))

    entered(0)
    owner.get(page)
    with CaptureQueriesContext(connection) as before:
        assert owner.get(page).status_code == 200
    for at in range(1, 7):
        entered(at)
    owner.get(page)
    with CaptureQueriesContext(connection) as after:
        assert "2026-06-07" in owner.get(page).content.decode()
    assert len(after) == len(before)
