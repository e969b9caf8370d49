"""Ask 19: status follows a payment at once: queue, stage and order in the payment's own transaction; and back again."""

from datetime import date

import pytest
from tests.cast import Cast

from jieqing.claims.receipts import services as bank
from jieqing.claims.receipts.models import Match
from jieqing.claims.receivables import services as ledger
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.models import CaseEvent
from jieqing.recovery.cases.selectors import CaseFilter, cases_page
from jieqing.recovery.cases.tests.books import BOOKS, fresh, import_books, opened, pay


@pytest.fixture
def actor(cast: Cast) -> Actor:
    import_books(cast.actor("owner"))
    return cast.actor("owner")


def kinds(actor: Actor, case: object) -> list[str]:
    with site_scope(actor.own_site):
        rows = CaseEvent.objects.filter(case=case)
        return list(rows.order_by("at", "id").values_list("kind", flat=True))


def test_a_case_paid_by_a_matched_bank_line_leaves_the_queue_with_the_match(actor: Actor) -> None:
    case = opened(actor, "INV-001")
    line = pay(actor, "INV-001", 1_000_000)
    done = fresh(case)
    assert (done.state, done.closing, done.open_minor) == ("closed", "settled", 0)
    assert kinds(actor, case)[-2:] == ["payment_seen", "closed"]
    with site_scope(actor.own_site):
        assert cases_page(actor, CaseFilter(state="queue")).rows == ()
        match = Match.objects.get(line=line, ended_at=None)
        undone = bank.unmatch(actor=actor, match=match, reason="认错了")
    assert not is_problem(undone), undone
    back = fresh(case)
    assert (back.state, back.open_minor, back.overdue_minor) == ("open", 1_000_000, 1_000_000)
    assert back.next_action_on is not None


def test_a_part_payment_moves_the_anchor_the_amounts_and_the_order(actor: Actor) -> None:
    case = opened(actor, "INV-001", "INV-002")
    before = fresh(case)
    pay(actor, "INV-001", 1_000_000)
    after = fresh(case)
    assert (before.oldest_due_on, after.oldest_due_on) == (date(2026, 6, 1), date(2026, 8, 13))
    assert (after.state, after.open_minor, after.items_open, after.paid_minor) == (
        "open",
        25_050,
        1,
        1_000_000,
    )
    assert after.priority < before.priority


def test_an_import_that_brings_the_payment_settles_the_case_in_its_own_transaction(actor: Actor) -> None:
    case = opened(actor, "INV-005")
    paid = BOOKS.replace("币种\n", "币种,已收金额\n").replace("CNY\n", "CNY,0\n")
    paid = paid.replace("77.00,CNY,0", "77.00,CNY,77.00")
    found = ledger.import_file(actor=actor, name="更正.csv", source=paid.encode())
    assert not is_problem(found), found
    assert found.updated == 1, found
    assert (fresh(case).state, fresh(case).closing) == ("closed", "settled")


def test_an_undone_import_withdraws_its_cases(actor: Actor) -> None:
    more = "客户名称,单据号,开票日期,到期日,金额,币种\n南山材料有限公司,INV-900,2026-03-01,2026-04-01,50.00,CNY\n"
    batch = import_books(actor, more, "补充.csv")
    case = opened(actor, "INV-900")
    with site_scope(actor.own_site):
        from jieqing.claims.receivables.access import batch_by_id

        found = batch_by_id(actor, batch)
    assert not is_problem(found)
    undone = ledger.undo_batch(actor=actor, batch=found, reason="导错了")
    assert not is_problem(undone), undone
    assert (fresh(case).state, fresh(case).closing) == ("closed", "withdrawn")
