"""A grade follows the news: import, payment, dispute, hardship; each in one pass of the worker, with reason and evidence.

No browser: the real services write, the real queue carries, the worker's own function runs what is queued.
"""

from datetime import date
from time import monotonic

import pytest
from procrastinate.contrib.django import app

from jieqing.claims.valuation import selectors
from jieqing.claims.valuation.engine.reasons import reasons_of
from jieqing.claims.valuation.models import DebtorMark, Run
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services as cases
from jieqing.recovery.cases.tests.books import HEAD, fresh, import_books, opened, pay
from jieqing.trust.evidence.selectors import entry_by_id
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
# About 0.2 s on a quiet machine; a loaded one must not fail the test.
SECONDS_MAX = 60.0
BOOK = (
    HEAD
    + """宏达机械有限公司,INV-001,2026-05-01,2026-06-01,10000.00,CNY
宏达机械有限公司,INV-002,2026-07-03,2030-08-13,250.50,CNY
"""
)


def heard(actor: Actor, debtor_id) -> tuple:
    """Let the worker run what waits; the debtor's newest rating with its run and reasons."""
    began = monotonic()
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(queues=["events"], wait=False, install_signal_handlers=False)
    assert monotonic() - began < SECONDS_MAX
    with site_scope(actor.own_site):
        row, run = selectors.rating_history(debtor_id)[0]
        entry = entry_by_id(run.entry_id)
        assert entry is not None and entry.action == "claims.valuation.revalued"
    codes = [one.code for one in reasons_of(row.values, row.points, row.grade, row.invoices_due)]
    return row, run, codes


def test_import_payment_dispute_and_hardship_each_change_the_grade(cast: Cast) -> None:
    actor = cast.actor("owner")
    import_books(actor, BOOK)
    case = opened(actor, "INV-001", "INV-002")
    first, run, codes = heard(actor, case.debtor_id)
    assert run.trigger == "import" and first.leaf_index >= 0 and len(bytes(first.row_digest)) == 32

    pay(actor, "INV-001", 1_000_000, on=date(2026, 6, 1))
    paid, run, _codes = heard(actor, case.debtor_id)
    assert run.trigger == "payment" and paid.open_minor == first.open_minor - 1_000_000
    assert paid.score > first.score, "what is paid is no longer overdue"

    # The payment left INV-002 open in the case.
    dispute = cases.open_dispute(actor=actor, case=fresh(case), code="wrong_amount", text="数量不符。")
    assert not is_problem(dispute), dispute
    disputed, run, codes = heard(actor, case.debtor_id)
    assert run.trigger == "standing" and codes[0] == "disputed"
    assert disputed.score == paid.score - 60 and disputed.previous_grade == paid.grade

    closed = cases.close_dispute(
        actor=actor, dispute=dispute, outcome="rejected", answer="已核对，金额无误。"
    )
    assert not is_problem(closed), closed
    after, run, codes = heard(actor, case.debtor_id)
    assert after.score == paid.score and "disputed" not in codes

    hold = cases.place_hold(actor=actor, case=fresh(case), kind="hardship", reason="停产检修，申请延期")
    assert not is_problem(hold), hold
    poor, run, codes = heard(actor, case.debtor_id)
    assert codes[0] == "hardship" and poor.score == paid.score - 120 and run.trigger == "standing"

    with site_scope(actor.own_site):
        assert DebtorMark.objects.filter(ended_at=None).count() == 0
        history = selectors.rating_history(case.debtor_id)
        assert [run.trigger for _row, run in history] == [
            "standing",
            "standing",
            "standing",
            "payment",
            "import",
        ]
        assert Run.objects.count() == 5, "one run for each piece of news"


def test_a_closed_case_leaves_no_mark_and_insolvency_is_default(cast: Cast) -> None:
    actor = cast.actor("owner")
    import_books(actor)
    case = opened(actor, "INV-003")
    assert not is_problem(cases.open_dispute(actor=actor, case=case, code="wrong_amount", text="数量不符。"))
    closed = cases.close_case(actor=actor, case=fresh(case), closing="withdrawn", reason="债权人撤回委托")
    assert not is_problem(closed), closed
    with site_scope(actor.own_site):
        assert DebtorMark.objects.get().ended_at is not None
    other = opened(actor, "INV-005")
    hold = cases.place_hold(
        actor=actor, case=other, kind="insolvency", reason="法院公告受理破产", from_on=date(2026, 10, 1)
    )
    assert not is_problem(hold), hold
    row, _run, codes = heard(actor, other.debtor_id)
    assert row.grade == 10 and codes[0] == "insolvent" and row.probability_millionths == 1_000_000
