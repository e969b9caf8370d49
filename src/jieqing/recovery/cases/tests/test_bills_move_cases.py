"""A bill covers a case's document in its own transaction; refused or withdrawn, the case is back in the same way."""

from datetime import date, timedelta

import pytest
from tests.cast import Cast

from jieqing.claims.bills.engine.bills import BillKind, Step
from jieqing.claims.bills.models import Bill
from jieqing.claims.bills.services import BillOrder, receive_bill, take_step
from jieqing.claims.receivables.models import Item
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.tests.books import fresh, ids_of, import_books, opened


@pytest.fixture
def actor(cast: Cast) -> Actor:
    import_books(cast.actor("owner"))
    return cast.actor("owner")


def received(actor: Actor, minor: int) -> Bill:
    with site_scope(actor.own_site):
        debtor = Item.objects.get(id=ids_of(actor, "INV-001")[0]).debtor_id
    order = BillOrder(
        debtor,
        BillKind.COMMERCIAL,
        "2-3101",
        "宏达",
        "某集团",
        minor,
        "CNY",
        clock.today() + timedelta(days=90),
        date(2026, 11, 1),
    )
    return unwrap(receive_bill(actor=actor, order=order))


@pytest.mark.parametrize("end", [Step.DISHONOURED, Step.WITHDRAWN])
def test_a_case_leaves_with_the_bill_and_is_back_when_it_fails(actor: Actor, end: Step) -> None:
    case = opened(actor, "INV-001", "INV-002")
    bill = received(actor, 1_000_000)
    part = fresh(case)
    assert (part.state, part.open_minor, part.items_open) == ("open", 25_050, 1)
    unwrap(take_step(actor=actor, bill=bill, step=end, on=clock.today(), note="余额不足"))
    back = fresh(case)
    assert (back.state, back.open_minor, back.items_open) == ("open", 1_025_050, 2)


@pytest.mark.parametrize("end", [Step.DISHONOURED, Step.WITHDRAWN])
def test_a_case_that_a_bill_ended_is_opened_again(actor: Actor, end: Step) -> None:
    case = opened(actor, "INV-001", "INV-002")
    bill = received(actor, 1_025_050)
    assert fresh(case).state == "closed"
    unwrap(take_step(actor=actor, bill=bill, step=end, on=clock.today(), note="余额不足"))
    back = fresh(case)
    assert (back.state, back.open_minor) == ("open", 1_025_050)
