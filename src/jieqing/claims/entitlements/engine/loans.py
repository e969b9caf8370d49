"""Loans between people and companies: interest of the term, interest and penalty afterwards, all under the cap.

Nothing agreed for the term bears nothing (民法典 680). After the due day an agreed penalty runs as agreed, else the rate
of the term goes on, else the LPR of the day (民间借贷规定 28). Interest and penalty may be claimed together, but only up to
the cap (29): interest is filled first, the penalty gets what is left. With a licensed lender a late rate takes the
place of the rate of the term; between others it comes on top unless `penalty_mode` says otherwise.

Source: 民法典 670, 674-676, 680; 民间借贷规定 24-29.
"""

from __future__ import annotations

from decimal import Decimal

from jieqing.claims.entitlements.engine import disputed, rules, warnings
from jieqing.claims.entitlements.engine.caps import NEW_RULE, OLD_CAP, Cap, caps_of, is_exempt
from jieqing.claims.entitlements.engine.charges import Charge, charge
from jieqing.claims.entitlements.engine.facts import Item, PenaltyMode, RateBasis
from jieqing.claims.entitlements.engine.ground import (
    Ground,
    Schedule,
    agreed_charge,
    percent,
    year_days,
    yearly,
)
from jieqing.claims.entitlements.engine.rolled import is_rolled, stopped

_ONE = Decimal(1)
_ZERO = Decimal(0)


def loan_schedule(ground: Ground, item: Item) -> Schedule:
    """Return what runs on one loan, from the day after the money was handed over."""
    start = _start(ground, item)
    late = None if item.due is None else item.due.toordinal() + 1
    if start is None and late is None:
        return []
    if item.rate is None and item.penalty_rate is None:
        return [] if late is None else _at_the_lpr(ground, item, late)
    caps = caps_of(ground)
    first = start if start is not None and (late is None or start < late) else late
    assert first is not None
    cuts = {first} | {cap.first_day for cap in caps if cap.first_day > first}
    if late is not None and late > first:
        cuts.add(late)
    found: Schedule = []
    for cut in sorted(cut for cut in cuts if cut < ground.end):
        cap = next(cap for cap in reversed(caps) if cap.first_day <= cut)
        running = _running(ground, item, cap, is_late=late is not None and cut >= late)
        if not found or found[-1][1] != running:
            found.append((cut, running))
    return stopped(ground, item, found) if is_rolled(item) else found


def _start(ground: Ground, item: Item) -> int | None:
    """The first day that bears interest of the term."""
    facts = ground.facts
    if item.rate is None:
        return None
    handed_over = item.interest_from or facts.delivered_on or facts.contract_date
    if handed_over is None:
        ground.warn(warnings.START_MISSING, item=item.id)
        return None
    if item.due is not None and item.due < handed_over:
        ground.warn(
            warnings.DUE_BEFORE_START,
            item=item.id,
            day=item.due.isoformat(),
            start=handed_over.isoformat(),
        )
    return handed_over.toordinal() + 1


def _at_the_lpr(ground: Ground, item: Item, late: int) -> Schedule:
    if late >= ground.end:
        return []
    terms = (rules.LOAN_LATE_LPR, rules.LOAN_LATE_LPR, _ONE, year_days(item))
    if ground.facts.floats:
        return ground.floating(late, terms, item.id)
    return ground.fixed(late, terms, item.id)


def _running(ground: Ground, item: Item, cap: Cap, *, is_late: bool) -> tuple[Charge, ...]:
    interest, penalty = item.rate, item.penalty_rate if is_late else None
    mode = item.penalty_mode or (
        PenaltyMode.INSTEAD if is_exempt(ground.facts.creditor_kind) else PenaltyMode.ADDED
    )
    if penalty is not None and mode is PenaltyMode.INSTEAD:
        interest = None
    if cap.rate is None:
        wanted = ((interest, rules.CREDIT_AGREED), (penalty, rules.CREDIT_LATE_AGREED))
        return tuple(agreed_charge(rule, rate, item) for rate, rule in wanted if rate)
    agreed = yearly(interest or _ZERO, item) + yearly(penalty or _ZERO, item)
    if agreed > cap.rate:
        ground.warn(warnings.CAPPED, item=item.id, agreed=percent(agreed), cap=percent(cap.rate))
    _doubts(ground, item, cap, agreed)
    term_rule = rules.LOAN_LATE_TERM_RATE if is_late else rules.LOAN_AGREED
    found: list[Charge] = []
    room = cap.rate
    if interest:
        found.append(_within(room, interest, term_rule, cap.rule, item))
        room = max(_ZERO, room - yearly(interest, item))
    if penalty and room:
        found.append(_within(room, penalty, rules.LOAN_LATE_AGREED, cap.late_rule, item))
    return tuple(found)


def _doubts(ground: Ground, item: Item, cap: Cap, agreed: Decimal) -> None:
    """Say where a court may hold the agreed rate against the cap in another way."""
    assert cap.rate is not None, "asked only under a cap"
    on_365 = agreed * 365 / 360
    if item.rate_basis is RateBasis.YEAR_360 and on_365 > cap.rate:
        ground.warn(disputed.CAP_ON_360, item=item.id, agreed=f"{on_365 * 100:.4f}%", cap=percent(cap.rate))
    is_old = cap.rule is rules.LOAN_OLD_RULE and agreed > OLD_CAP
    if is_old and any(payment.day.toordinal() < NEW_RULE for payment in ground.facts.payments):
        ground.warn(disputed.OLD_RULE_36, item=item.id, agreed=percent(agreed))


def _within(room: Decimal, rate: Decimal, rule: rules.Rule, cut_rule: rules.Rule, item: Item) -> Charge:
    """The agreed rate, or the room that is left when the rate is larger."""
    if yearly(rate, item) <= room:
        return agreed_charge(rule, rate, item)
    days = year_days(item)
    return charge(cut_rule, room, days, yearly(rate, item) if item.rate_basis is RateBasis.DAY else rate)
