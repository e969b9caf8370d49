"""Caps on private loans: four times the one-year LPR, who is exempt, and the transition of 2020-08-20.

A cap is a yearly rate from a day on. Licensed lenders and the seven local types are outside (民间借贷规定 1, 批复 一).
A contract formed since 2020-08-20 is capped by the LPR of its day for good (25); an older one by the earlier rule until
2020-08-19, when a party asks for it, and afterwards by the LPR of the day of suit (31). Where the day of formation is
missing, the lowest LPR published so far is taken: a cap may then be too low, never too high.

Source: 民间借贷规定 articles 1, 25, 31; 法释〔2020〕27号. The 24 % of the earlier rule is from memory and says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jieqing.claims.entitlements.engine import rules, warnings
from jieqing.claims.entitlements.engine.ground import LPR_DAY, Ground, iso, percent
from jieqing.claims.entitlements.engine.rules import Rule

LICENSED_LENDERS = frozenset({"bank", "consumer_finance", "trust", "auto_finance", "insurance"})
LOCAL_SEVEN = frozenset(
    {
        "small_loan",
        "financing_guarantee",
        "regional_equity_market",
        "pawnshop",
        "financial_leasing",
        "factoring",
        "amc",
    }
)
OTHERS = frozenset(
    {"company", "individual", "sole_trader", "partnership", "government", "public_institution", "other"}
)
EXEMPT = LICENSED_LENDERS | LOCAL_SEVEN
NEW_RULE = date(2020, 8, 20).toordinal()
MULTIPLE = 4
OLD_CAP = Decimal("0.24")


@dataclass(frozen=True, slots=True)
class Cap:
    """A yearly rate from a day on (None: no cap) and the rules of what it cuts off: interest and penalty."""

    first_day: int
    rate: Decimal | None
    rule: Rule
    late_rule: Rule


def is_exempt(creditor_kind: str | None) -> bool:
    return creditor_kind in EXEMPT


def caps_of(ground: Ground) -> list[Cap]:
    """Return the caps of a private loan in the order of their days; the first holds from the beginning."""
    facts = ground.facts
    if is_exempt(facts.creditor_kind):
        ground.warn(warnings.CAP_EXEMPT, creditor_kind=facts.creditor_kind)
        return [Cap(0, None, rules.CREDIT_AGREED, rules.CREDIT_LATE_AGREED)]
    if facts.creditor_kind is not None and facts.creditor_kind not in OTHERS:
        ground.warn(warnings.CREDITOR_KIND_UNKNOWN, creditor_kind=facts.creditor_kind)
    if facts.contract_date is None:
        lowest = ground.lpr.lowest(ground.end - 1)
        ground.warn(warnings.FORMATION_MISSING, rate=percent(lowest.one_year), day=iso(lowest.first_day))
        return [Cap(0, lowest.one_year * MULTIPLE, rules.LOAN_CAPPED, rules.LOAN_LATE_CAPPED)]
    formed = facts.contract_date.toordinal()
    if formed >= NEW_RULE:
        return [Cap(0, _four_times(ground, formed), rules.LOAN_CAPPED, rules.LOAN_LATE_CAPPED)]
    return _caps_of_older(ground)


def _caps_of_older(ground: Ground) -> list[Cap]:
    suit = ground.facts.suit_date
    if suit is None:
        suit = max(ground.as_of, date.fromordinal(NEW_RULE))
        ground.warn(warnings.SUIT_DATE_ASSUMED, day=suit.isoformat())
    old = Cap(0, OLD_CAP, rules.LOAN_OLD_RULE, rules.LOAN_LATE_OLD_RULE)
    if suit.toordinal() < NEW_RULE:
        ground.warn(warnings.OLD_RULE)
        return [old]
    rate = _four_times(ground, suit.toordinal())
    if not ground.facts.asks_old_rule:
        return [Cap(0, rate, rules.LOAN_TRANSITION, rules.LOAN_LATE_TRANSITION)]
    ground.warn(warnings.TRANSITION, day="2020-08-20", rate=percent(rate))
    return [old, Cap(NEW_RULE, rate, rules.LOAN_TRANSITION, rules.LOAN_LATE_TRANSITION)]


def _four_times(ground: Ground, day: int) -> Decimal:
    rate = ground.rate_on(max(day, LPR_DAY))
    assert rate is not None, "there is an LPR on every day since 2019-08-20"
    return rate * MULTIPLE
