"""Ask 20. Charge-off, write-off, later recovery.

Requirement: distinct events with undo; a recovery after a write-off posts against the allowance and is visible in the
item's history; over-recovery is blocked; a written-off amount cannot be used again.
Source: apache/fineract-backoffice-ui#194; openMF/community-app#2223; apache/fineract PR #1536; frappe/lending PR #309;
killbill/killbill#1998.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from jieqing.claims.receivables.engine.accounts import Account, PostingKind
from jieqing.claims.receivables.engine.acts import ActKind
from jieqing.claims.receivables.engine.appropriation_facts import Policy
from jieqing.claims.receivables.models import LedgerAct
from jieqing.claims.receivables.selectors import item_detail
from jieqing.claims.receivables.selectors.acts import acts_on
from jieqing.claims.receivables.services.acts import ActOrder, act_on_item, approve_act, take_back_act
from jieqing.claims.receivables.services.appropriation_orders import set_order
from jieqing.claims.receivables.tests.asks.test_ask_16_back_dated_payment import paid
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope

LOST_ON, BACK_ON = date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture
def books(db: None) -> Iterator[Books]:
    with clock.frozen(datetime(2026, 8, 31, 4, tzinfo=UTC)):
        books = open_books()
        books.imported(csv_of([("明达", "FP-1", "2026-05-01", "2026-06-10", "1000.00", "", "")]))
        yield books
        assert books.findings() == []


def written_off(books: Books, minor: int) -> LedgerAct:
    asked = act_on_item(
        actor=books.actor,
        item=books.items()["FP-1"],
        order=ActOrder(ActKind.WRITE_OFF, minor, LOST_ON, "债务人注销"),
    )
    return unwrap(approve_act(actor=replace(books.actor, id=new_id()), act=unwrap(asked)))


def recovered(books: Books, minor: int) -> LedgerAct | Problem:
    items = books.items()
    order = ActOrder(ActKind.RECOVERY, minor, BACK_ON, "清算分配", items["SK-1"])
    return act_on_item(actor=books.actor, item=items["FP-1"], order=order)


def open_minor(books: Books) -> int:
    with site_scope(books.site_id):
        return item_detail(books.items()["FP-1"], as_of=BACK_ON).open_minor


def test_ask_20_written_off_then_recovered_and_never_beyond(books: Books) -> None:
    written_off(books, 700_00)
    books.imported(paid("SK-1", BACK_ON, 800_00), "收款.csv")
    beyond = recovered(books, 700_01)
    assert is_problem(beyond) and beyond.code == "act.beyond_written_off"
    unwrap(recovered(books, 500_00))
    beyond = recovered(books, 200_01)
    assert is_problem(beyond) and beyond.code == "act.beyond_written_off"
    assert open_minor(books) == 300_00, "a recovery leaves what is still asked for as it was"
    with site_scope(books.site_id):
        detail = item_detail(books.items()["FP-1"], as_of=BACK_ON)
        told = [(one.kind, one.amount_minor, one.contra) for one in detail.postings]
        assert (PostingKind.WRITE_OFF, -700_00, Account.LOSS_ALLOWANCE) in told
        assert (PostingKind.RECOVERY, 500_00, Account.LOSS_ALLOWANCE) in told
        assert [one.kind for one in acts_on(books.items()["FP-1"])] == ["recovery", "write_off"]


def test_ask_20_each_event_can_be_taken_back_in_its_order(books: Books) -> None:
    lost = written_off(books, 700_00)
    books.imported(paid("SK-1", BACK_ON, 800_00), "收款.csv")
    back = unwrap(recovered(books, 500_00))
    early = take_back_act(actor=books.actor, act=lost, reason="写错了")
    assert is_problem(early) and early.code == "act.recovered_since"
    unwrap(take_back_act(actor=books.actor, act=back, reason="退款"))
    unwrap(take_back_act(actor=books.actor, act=lost, reason="写错了"))
    assert open_minor(books) == 1000_00
    again = take_back_act(actor=books.actor, act=lost, reason="再来")
    assert is_problem(again) and again.code == "act.not_waiting"


def test_ask_20_a_payment_after_a_write_off_reaches_only_what_is_left(books: Books) -> None:
    """The order of appropriation leaves the written-off part alone: a recovery is entered by a person."""
    unwrap(
        set_order(actor=books.actor, policy=Policy(), effective_from=date(2026, 1, 1), reason="民法典第561条")
    )
    written_off(books, 700_00)
    books.imported(paid("SK-1", BACK_ON, 800_00), "收款.csv")
    assert open_minor(books) == 0
    with site_scope(books.site_id):
        assert item_detail(books.items()["SK-1"], as_of=BACK_ON).open_minor == -500_00
    unwrap(recovered(books, 500_00))
    with site_scope(books.site_id):
        assert item_detail(books.items()["SK-1"], as_of=BACK_ON).open_minor == 0
