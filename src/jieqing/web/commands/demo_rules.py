"""What a finance manager has set before work begins: terms of lateness and charges, an order, statements, limits.

Everything by the real services, with its reason and evidence. The terms say what the law says anyway and charges only
threaten, so the example's figures stay those of its ledger. Running it again changes nothing.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from jieqing.plumbing.cli.frame import unwrap

LIMITED = 4


def seed_rules(finance: Any, day: date | None) -> None:
    """Set what the pages of rules, schedules and limits would otherwise show as empty."""
    from jieqing.claims.receivables import selectors
    from jieqing.claims.receivables.selectors.overdue_terms import overdue_terms_versions
    from jieqing.plumbing.db.scopes import site_scope

    with site_scope(finance.own_site):
        if overdue_terms_versions():
            return
        on = day or selectors.replay_day()
    if on is None:
        return
    _terms(finance, on)
    _schedules(finance)
    _limits(finance, on)


def _terms(finance: Any, on: date) -> None:
    from jieqing.claims.entitlements.engine.facts import RateBasis
    from jieqing.claims.receivables.engine.accruing import ChargeMode, Terms
    from jieqing.claims.receivables.engine.appropriation_facts import Policy
    from jieqing.claims.receivables.services.appropriation_orders import set_order
    from jieqing.claims.receivables.services.charges import set_charge_terms
    from jieqing.claims.receivables.services.overdue_terms import set_overdue_terms

    began = on.replace(month=1, day=1)
    unwrap(
        set_overdue_terms(
            actor=finance,
            grace_days=0,
            rolls=False,
            effective_from=began,
            reason="购销合同范本第六条：到期日即付款日",
        )
    )
    late = Terms(ChargeMode.THREAT_ONLY, penalty_rate=Decimal("0.0005"), rate_basis=RateBasis.DAY)
    unwrap(
        set_charge_terms(actor=finance, terms=late, reason="购销合同范本第八条：每日万分之五，先提示不计提")
    )
    unwrap(
        set_order(
            actor=finance, policy=Policy(), effective_from=on, reason="合同未约定，按民法典第 560、561 条"
        )
    )


def _schedules(finance: Any) -> None:
    from jieqing.claims.receivables.selectors import ItemFilter, ItemState
    from jieqing.claims.receivables.services.statement_schedules import end_schedule, make_schedule

    told = (
        ("每月对账（人民币客户）", ItemFilter(currency="CNY"), 5),
        ("逾期客户对账", ItemFilter(state=ItemState.OVERDUE), 20),
    )
    for name, wanted, day_of_month in told:
        unwrap(make_schedule(actor=finance, name=name, wanted=wanted, day_of_month=day_of_month))
    unwrap(make_schedule(actor=finance, name="旧版月结", wanted=ItemFilter(), day_of_month=1))
    unwrap(end_schedule(actor=finance, name="旧版月结"))


def _limits(finance: Any, on: date) -> None:
    """For the largest debtors: two within their limit, one beyond it, one beyond it with a reasoned override."""
    from jieqing.claims.receivables import selectors
    from jieqing.claims.valuation.services import LimitOrder, override_limit, set_limit
    from jieqing.plumbing.db.scopes import site_scope

    with site_scope(finance.own_site):
        rows = selectors.top_debtors(as_of=on, currency="CNY", limit=LIMITED)
    for place, row in enumerate(rows):
        owed = row.open_minor
        amount = max(100_00, (owed * (13 if place < 2 else 8) // 10) // 1_000_000 * 1_000_000 or owed)
        order = LimitOrder(
            row.debtor_id, "CNY", amount, on - timedelta(days=120), None, "年度授信评审 2026-07"
        )
        unwrap(set_limit(actor=finance, order=order))
        if place == LIMITED - 1:
            more = LimitOrder(
                row.debtor_id, "CNY", owed * 12 // 10, on - timedelta(days=20), on + timedelta(days=40),
                "旺季备货，总经理批准至年底前",
            )  # fmt: skip
            unwrap(override_limit(actor=finance, order=more))
