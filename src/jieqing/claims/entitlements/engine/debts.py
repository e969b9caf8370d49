"""Debts: each item of the facts with everything that will run on it, ready to be replayed.

The one place that asks a kind for its schedule. What comes out no longer knows about contracts or LPRs: an amount, a
due day, how well it is secured, and the days from which which charges run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from jieqing.claims.entitlements.engine import warnings
from jieqing.claims.entitlements.engine.charges import Charge, Compiled, compiled_stretch
from jieqing.claims.entitlements.engine.facts import ClaimKind, Item
from jieqing.claims.entitlements.engine.ground import Ground, Schedule
from jieqing.claims.entitlements.engine.judgments import (
    doubled_schedule,
    general_schedule,
    with_instalments,
)
from jieqing.claims.entitlements.engine.loans import loan_schedule
from jieqing.claims.entitlements.engine.rolled import is_rolled, with_principal_of_law
from jieqing.claims.entitlements.engine.trade import due_of, trade_schedule
from jieqing.kernel.outcomes import Problem


@dataclass(slots=True)
class Debt:
    """`due` is an ordinal; `stretches` are first days in rising order, each with the charges that run from it on."""

    id: str
    item_id: str
    principal_minor: int
    due: int | None
    secured_minor: int
    stretches: list[tuple[int, tuple[Compiled, ...]]]


def debts_of(ground: Ground) -> list[Debt] | Problem:
    """Return the debts of a statement in an order that does not depend on how the facts were written."""
    parts = with_instalments(ground.facts)
    if isinstance(parts, Problem):
        return parts
    debts = [_debt(ground, item, perform_by) for item, perform_by in parts]
    if len(debts) > 1:
        debts.sort(key=lambda debt: (debt.due is None, debt.due or 0, debt.id))
    return debts


def _debt(ground: Ground, item: Item, perform_by: date | None) -> Debt:
    facts = ground.facts
    item_id = item.id if perform_by is None else item.id.rpartition("/")[0]
    is_judgment = facts.kind is ClaimKind.JUDGMENT
    if item.rate_basis is None and (item.rate or item.penalty_rate):
        ground.warn(warnings.BASIS_ASSUMED, item=item_id)
    if facts.kind is ClaimKind.PRIVATE_LOAN and is_rolled(item):
        item = with_principal_of_law(ground, item)
    principal = item.principal_minor - item.prepaid_interest_minor
    if is_judgment:
        due = perform_by or (facts.judgment and facts.judgment.perform_by) or item.due
        schedule = general_schedule(ground, item)
    else:
        due = item.due if facts.kind is ClaimKind.PRIVATE_LOAN else due_of(ground, item)
        if due is None and facts.kind is ClaimKind.PRIVATE_LOAN:
            ground.warn(warnings.DUE_MISSING, item=item_id)
        settled = item if due is item.due else replace(item, due=due)
        rule = loan_schedule if facts.kind is ClaimKind.PRIVATE_LOAN else trade_schedule
        schedule = rule(ground, settled)
    if facts.judgment is not None:
        if not is_judgment and schedule:
            ground.warn(warnings.GENERAL_INTEREST_ASSUMED)
        schedule = _merged(schedule, doubled_schedule(ground, perform_by))
    last = perform_by or due
    if last is not None and last >= ground.as_of:
        ground.warn(warnings.NOT_DUE, item=item.id, day=last.isoformat())
    rounding = facts.rounding
    return Debt(
        id=item.id,
        item_id=item_id,
        principal_minor=principal,
        due=None if last is None else last.toordinal(),
        secured_minor=principal if item.secured_minor < 0 else item.secured_minor,
        stretches=[compiled_stretch(stretch, rounding) for stretch in schedule],
    )


def _merged(one: Schedule, other: Schedule) -> Schedule:
    """Return both schedules as one: on each day what either of them runs, cut only where that changes."""
    if not one or not other:
        return one or other
    found: Schedule = []
    for day in sorted({day for day, _ in (*one, *other)}):
        running = _on(one, day) + _on(other, day)
        if running != (found[-1][1] if found else ()):
            found.append((day, running))
    return found


def _on(schedule: Schedule, day: int) -> tuple[Charge, ...]:
    running: tuple[Charge, ...] = ()
    for first, charges in schedule:
        if first > day:
            break
        running = charges
    return running
