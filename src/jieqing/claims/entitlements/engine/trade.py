"""Late payment for goods, services, supplies by small firms and construction work.

What the parties agreed runs as agreed. Where they agreed nothing, the kind decides: goods (and services by analogy)
bear the LPR of the day of default times 1.3 to 1.5; money owed by public bodies and large enterprises to small firms
0.05 % a day; construction work the LPR of the same time. Fixed means the value of the first late day for good, floating
means every later publication; the facts may choose, else only construction floats ("同期"), and a default before
2019-08-20 follows the base rate of its time and never the LPR (买卖合同解释 18(4)).

The first late day is the day after the due day. Where no due day was agreed the law names one (`due_of`).

Source: 买卖合同解释 18; 民法典 585, 628, 646; 款项支付条例 9, 17; 建工解释一 25-27; 通则解释 65.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from jieqing.claims.entitlements.engine import disputed, rules, warnings
from jieqing.claims.entitlements.engine.charges import Charge, charge
from jieqing.claims.entitlements.engine.facts import ClaimKind, Item
from jieqing.claims.entitlements.engine.ground import (
    LPR_DAY,
    Ground,
    Schedule,
    agreed_charge,
    percent,
    year_days,
    yearly,
)
from jieqing.kernel.dates import roll_forward

LOWEST_MULTIPLE, HIGHEST_MULTIPLE = Decimal("1.3"), Decimal("1.5")
PENALTY_FLAG = Decimal("1.3")
SME_DAILY = Decimal("0.0005")
SME_FIRST_DAY = date(2020, 9, 1).toordinal()
SME_REVISED = date(2025, 6, 1).toordinal()
PUBLIC_BODIES = frozenset({"government", "public_institution"})
SME_DEBTORS = PUBLIC_BODIES | {"large_enterprise"}
_ON_DELIVERY = ("民法典第六百二十八条", "Civil Code, art. 628")
_WORKS_DUE = ("建设工程司法解释（一）第二十七条", "Interpretation (I) on construction contracts, art. 27")
_SME_DUE = ("款项支付条例第九条", "Regulation on payments to small enterprises, art. 9")
_SME_DUE_2020 = ("款项支付条例（2020）第八条", "Regulation on payments to small enterprises (2020), art. 8")
_ONE, _NOTHING = Decimal(1), Decimal(0)
_THIRTY_DAYS, _SIXTY_DAYS = timedelta(days=30), timedelta(days=60)


def trade_schedule(ground: Ground, item: Item) -> Schedule:
    """Return what runs on a late item; `item.due` is settled already."""
    if item.due is None:
        return []
    late = item.due.toordinal() + 1
    if late >= ground.end and not item.is_advance:
        return []
    kind = ground.facts.kind
    if kind is ClaimKind.SME_SUPPLY:
        return _sme(ground, item, late)
    if item.is_advance:
        return _advance(ground, item, late)
    if item.rate is not None or item.penalty_rate is not None:
        return [(late, _agreed(ground, item, late))]
    if kind is ClaimKind.CONSTRUCTION:
        ground.warn(disputed.DAY_ITSELF, article_zh=_WORKS_DUE[0], article_en=_WORKS_DUE[1])
        return _at_the_lpr(ground, item, late, (rules.WORKS_LPR, rules.WORKS_BASE_RATE), _ONE)
    if kind is ClaimKind.SERVICE:
        ground.warn(warnings.BY_ANALOGY)
        return _at_the_lpr(
            ground, item, late, (rules.SERVICE_LATE_LPR, rules.SALE_LATE_BASE_RATE), _multiple(ground)
        )
    return _at_the_lpr(
        ground, item, late, (rules.SALE_LATE_LPR, rules.SALE_LATE_BASE_RATE), _multiple(ground)
    )


def _multiple(ground: Ground) -> Decimal:
    chosen = ground.facts.late_multiple
    if chosen is None:
        ground.warn(warnings.MULTIPLE_ASSUMED)
        return LOWEST_MULTIPLE
    return chosen


def _at_the_lpr(
    ground: Ground, item: Item, late: int, names: tuple[rules.Rule, rules.Rule], multiple: Decimal
) -> Schedule:
    """LPR (or, before it existed, the base rate) times a multiple, from the first late day."""
    terms = (*names, multiple, year_days(item))
    facts = ground.facts
    if facts.is_floating is None and facts.kind is not ClaimKind.CONSTRUCTION and late < LPR_DAY:
        return ground.base_rates(late, terms, item.id)
    if facts.floats:
        return ground.floating(late, terms, item.id)
    return ground.fixed(late, terms, item.id)


def _agreed(ground: Ground, item: Item, late: int) -> tuple[Charge, ...]:
    """Agreed late interest, agreed penalty, or both; more than 130 % of the loss is flagged, whatever its name."""
    found: list[Charge] = []
    is_works = ground.facts.kind is ClaimKind.CONSTRUCTION
    if item.rate:
        rule = rules.WORKS_AGREED if is_works else rules.AGREED_LATE_INTEREST
        found.append(agreed_charge(rule, item.rate, item))
    if item.penalty_rate:
        found.append(agreed_charge(rules.AGREED_PENALTY, item.penalty_rate, item))
    if found:
        loss = ground.rate_on(late, item.id)
        agreed = yearly(item.rate or _NOTHING, item) + yearly(item.penalty_rate or _NOTHING, item)
        if loss is not None and agreed > loss * PENALTY_FLAG:
            ground.warn(warnings.PENALTY_HIGH, item=item.id, agreed=percent(agreed), loss=percent(loss))
    return tuple(found)


def _sme(ground: Ground, item: Item, late: int) -> Schedule:
    facts = ground.facts
    if facts.debtor_kind is not None and facts.debtor_kind not in SME_DEBTORS:
        ground.warn(warnings.SME_DEBTOR, debtor_kind=facts.debtor_kind)
    is_revised = late >= SME_REVISED
    first = max(late, SME_FIRST_DAY)
    if first > late:
        ground.warn(warnings.SME_BEFORE, item=item.id)
    formed = facts.contract_date.toordinal() if facts.contract_date else late
    since = SME_REVISED if is_revised else SME_FIRST_DAY
    if formed < since <= late:
        ground.warn(disputed.SME_CONTRACT_OLDER, day=date.fromordinal(since).isoformat())
    agreed = item.rate if item.rate is not None else item.penalty_rate
    if agreed is None:
        rule = rules.SME_STATUTORY if is_revised else rules.SME_STATUTORY_2020
        return [(first, (charge(rule, SME_DAILY, 1),))]
    floor = _floor_of(ground)
    if floor is not None and yearly(agreed, item) < floor:
        rule = rules.SME_FLOOR if is_revised else rules.SME_FLOOR_2020
        return [(first, (charge(rule, floor, year_days(item)),))]
    rule = rules.SME_AGREED if is_revised else rules.SME_AGREED_2020
    return [(first, (agreed_charge(rule, agreed, item),))]


def _floor_of(ground: Ground) -> Decimal | None:
    formed = ground.facts.contract_date
    if formed is None or formed.toordinal() < LPR_DAY:
        ground.warn(warnings.SME_FLOOR_UNKNOWN)
        return None
    return ground.rate_on(formed.toordinal())


def _advance(ground: Ground, item: Item, late: int) -> Schedule:
    """垫资: interest only as agreed, never above the LPR of the day of the advance."""
    if not item.rate:
        return []
    advanced_on = item.interest_from or ground.facts.contract_date
    first = late if advanced_on is None else min(late, advanced_on.toordinal() + 1)
    limit = ground.rate_on(first if advanced_on is None else advanced_on.toordinal(), item.id)
    agreed = yearly(item.rate, item)
    if limit is not None and agreed > limit:
        ground.warn(warnings.CAPPED, item=item.id, agreed=percent(agreed), cap=percent(limit))
        return [(first, (charge(rules.WORKS_ADVANCE, limit, year_days(item)),))]
    return [(first, (agreed_charge(rules.WORKS_ADVANCE, item.rate, item),))]


def due_of(ground: Ground, item: Item) -> date | None:
    """Return the day of payment: as agreed, else the one the law names for the kind, with a warning."""
    facts = ground.facts
    if facts.kind is ClaimKind.SME_SUPPLY:
        return _due_of_supply(ground, item)
    if item.due is not None:
        return item.due
    found: tuple[date | None, tuple[str, str]] = (None, ("", ""))
    if facts.kind in (ClaimKind.SALE, ClaimKind.SERVICE):
        found = (facts.delivered_on, _ON_DELIVERY)
    elif facts.kind is ClaimKind.CONSTRUCTION:
        day = facts.delivered_on or facts.settlement_submitted_on or facts.suit_date
        found = (day, _WORKS_DUE)
    day, article = found
    if day is None:
        ground.warn(warnings.DUE_MISSING, item=item.id)
    else:
        _say_derived(ground, item, day, article)
    return day


def _say_derived(ground: Ground, item: Item, day: date, article: tuple[str, str]) -> None:
    zh, en = article
    ground.warn(warnings.DUE_DERIVED, item=item.id, day=day.isoformat(), article_zh=zh, article_en=en)


def _due_of_supply(ground: Ground, item: Item) -> date | None:
    """30 days after delivery for public bodies (at most 60 by contract), since 2025-06-01 60 for large enterprises.

    A counted period that ends on a holiday ends on the next working day (民法典 203). Before 2025-06-01 large
    enterprises had no period of their own: goods are then paid on delivery.
    """
    facts = ground.facts
    is_public = facts.debtor_kind in PUBLIC_BODIES
    if facts.delivered_on is None:
        if item.due is None:
            ground.warn(warnings.DUE_MISSING, item=item.id)
        return item.due
    is_revised = facts.delivered_on.toordinal() >= SME_REVISED
    if item.due is None:
        if is_public or is_revised:
            day = roll_forward(facts.delivered_on + (_THIRTY_DAYS if is_public else _SIXTY_DAYS)).day
            _say_derived(ground, item, day, _SME_DUE if is_revised else _SME_DUE_2020)
        else:
            day = facts.delivered_on
            _say_derived(ground, item, day, _ON_DELIVERY)
        return day
    latest = roll_forward(facts.delivered_on + _SIXTY_DAYS).day
    if is_public and item.due > latest:
        ground.warn(warnings.DUE_SHORTENED, item=item.id, day=latest.isoformat())
        return latest
    return item.due
