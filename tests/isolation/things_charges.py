"""A site's charges and its monthly statements, for the tests that need a row in every table."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from jieqing.claims.bills.engine.bills import BillKind, Step
from jieqing.claims.bills.services import BillOrder, receive_bill, take_step
from jieqing.claims.entitlements.engine.facts import ClaimKind, RateBasis
from jieqing.claims.exchange.services import enter_rate, set_reporting_currency
from jieqing.claims.papers.engine.files import PaperKind
from jieqing.claims.papers.services import PaperOrder, add_paper
from jieqing.claims.receivables.engine.accruing import ChargeMode, Terms
from jieqing.claims.receivables.engine.appropriation_facts import Policy
from jieqing.claims.receivables.engine.charge_plan import DecisionKind
from jieqing.claims.receivables.selectors import ItemFilter
from jieqing.claims.receivables.selectors.charges import charged_items
from jieqing.claims.receivables.services import charge_decisions, charges
from jieqing.claims.receivables.services.appropriation_orders import set_order
from jieqing.claims.receivables.services.overdue_terms import set_overdue_terms
from jieqing.claims.receivables.services.statement_schedules import make_schedule
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope

DAY = date(2026, 6, 30)
FORM_TABLES = {
    "paper_id": "papers_paper",
    "bill_id": "bills_bill",
    "schedule_id": "receivables_statement_schedule",
    "charge_decision_id": "receivables_charge_decision",
}


def fill_charges(actor: Actor) -> None:
    """Terms, a day up to which charges were counted, a fee that waits, and a schedule."""
    assert actor.site_id is not None
    terms = Terms(ChargeMode.ACCRUE, ClaimKind.SALE, penalty_rate=Decimal("0.0005"), rate_basis=RateBasis.DAY)
    charges.set_charge_terms(actor=actor, terms=terms, reason="合同第八条")
    # Before anything is late: the ledger of the cast keeps its figures.
    charged = charges.accrue_charges(actor=actor, until=date(2020, 1, 1))
    assert not is_problem(charged), charged
    with site_scope(actor.site_id):
        item = charged_items(until=DAY)[0].item
    asked = charge_decisions.ask_for_decision(
        actor=actor, item=item, kind=DecisionKind.FEE, amount_minor=3_000, on=DAY, reason="公证费"
    )
    assert not is_problem(asked), asked
    kept = add_paper(
        actor=actor,
        order=PaperOrder(item.debtor_id, item.id, PaperKind.CONTRACT, "合同.pdf", b"%PDF-1.7 isolated"),
    )
    assert not is_problem(kept), kept
    _withdrawn_bill(actor, item.debtor_id)
    set_reporting_currency(actor=actor, currency="CNY")
    enter_rate(actor=actor, base="USD", quote="CNY", on=DAY, rate=Decimal("7.1"), source="人民银行中间价")
    ordered = set_order(actor=actor, policy=Policy(), effective_from=DAY, reason="民法典第561条")
    assert not is_problem(ordered), ordered
    late = set_overdue_terms(actor=actor, grace_days=0, rolls=False, effective_from=DAY, reason="合同第八条")
    assert not is_problem(late), late
    made = make_schedule(actor=actor, name="每月对账", wanted=ItemFilter(), day_of_month=1)
    assert not is_problem(made), made


def _withdrawn_bill(actor: Actor, debtor_id: UUID) -> None:
    """A bill that was entered by mistake: its rows stay, the ledger is as before."""
    today = clock.today()
    order = BillOrder(
        debtor_id, BillKind.BANK, "1-3101", "明达", "某银行", 100, "CNY", today + timedelta(days=90), today
    )
    bill = receive_bill(actor=actor, order=order)
    assert not is_problem(bill), bill
    assert not is_problem(take_step(actor=actor, bill=bill, step=Step.WITHDRAWN, on=today, note="误登"))
