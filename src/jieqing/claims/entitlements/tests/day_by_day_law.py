"""The law of the second formulation: what a debt bears on one day, asked day by day and answered in fractions.

It shares nothing with the engine but the facts; the LPR comes from the table printed in docs/algorithms/interest.md.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from jieqing.claims.entitlements.engine.facts import Facts, Item
from jieqing.kernel.dates import is_workday
from jieqing.kernel.tests.worked_tables import tables

DAY = timedelta(days=1)
LPR = sorted(
    (date.fromisoformat(row["from"]), Fraction(Decimal(row["1Y"])) / 100)
    for row in tables("algorithms/interest.md")["The one-year LPR"]
)
BEFORE = sorted(
    (date.fromisoformat(row["from"]), Fraction(Decimal(row["1Y"])) / 100)
    for row in tables("algorithms/interest.md")["The base rate before the LPR"]
)
FREE = {
    "bank", "consumer_finance", "trust", "auto_finance", "insurance", "small_loan", "financing_guarantee",
    "regional_equity_market", "pawnshop", "financial_leasing", "factoring", "amc",
}  # fmt: skip
Bears = tuple[tuple[str, Fraction, bool], ...]
"""(part, rate of a day, whether it runs because the debt is late), …: where any of it changes, a segment ends."""


def lpr(day: date) -> Fraction:
    known = [rate for since, rate in BEFORE + LPR if since <= day]
    return known[-1]


def working(day: date) -> date:
    while is_workday(day) is not True:
        day += DAY
    return day


def year_of(item: Item) -> int:
    return 360 if item.rate_basis == "year_360" else 365


def daily(rate: Decimal | None, item: Item) -> Fraction:
    if rate is None:
        return Fraction(0)
    return Fraction(rate) if item.rate_basis == "day" else Fraction(rate) / year_of(item)


def cap(facts: Facts, item: Item, day: date, as_of: date) -> Fraction | None:
    """What a private loan may bear on a day, by the day."""
    year = year_of(item)
    if facts.creditor_kind in FREE:
        return None
    new = date(2020, 8, 20)
    if facts.contract_date is None:
        return 4 * min(rate for since, rate in LPR if since <= max(as_of, LPR[0][0])) / year
    if facts.contract_date >= new:
        return 4 * lpr(facts.contract_date) / year
    suit = facts.suit_date or max(as_of, new)
    if suit < new or (day < new and facts.asks_old_rule):
        return Fraction(24, 100) / year
    return 4 * lpr(suit) / year


def bears_loan(facts: Facts, item: Item, day: date, as_of: date) -> Bears:
    handed = item.interest_from or facts.delivered_on or facts.contract_date
    is_late = item.due is not None and day > item.due
    in_term = item.rate is not None and handed is not None and day > handed
    if item.rate is None and item.penalty_rate is None:
        if not is_late:
            return ()
        at = day if facts.is_floating else item.due + DAY
        return (("interest", lpr(at) / year_of(item), True),)
    interest = daily(item.rate, item) if in_term or is_late else Fraction(0)
    penalty = daily(item.penalty_rate, item) if is_late else Fraction(0)
    mode = item.penalty_mode or ("instead" if facts.creditor_kind in FREE else "added")
    if is_late and item.penalty_rate is not None and mode == "instead":
        interest = Fraction(0)
    limit = cap(facts, item, day, as_of)
    # Under a cap, or with a lender whom no cap binds, the due day changes neither the rate nor its article.
    has_new_article = is_late and limit is not None and interest <= limit
    if limit is not None:
        interest = min(interest, limit)
        penalty = min(penalty, limit - interest)
    return tuple(
        pair for pair in (("interest", interest, has_new_article), ("penalty", penalty, True)) if pair[1]
    )


def bears_trade(facts: Facts, item: Item, due: date | None, day: date) -> Bears:
    if item.is_advance and facts.kind != "sme_supply":
        since = item.interest_from or facts.contract_date
        starts = min([found for found in (since, due) if found is not None], default=None)
        if not item.rate or starts is None or day <= starts or due is None:
            return ()
        limit = lpr(since or due + DAY) / year_of(item)
        return (("interest", min(daily(item.rate, item), limit), True),)
    if due is None or day <= due:
        return ()
    first = due + DAY
    if facts.kind == "sme_supply":
        agreed = item.rate if item.rate is not None else item.penalty_rate
        if day < date(2020, 9, 1):
            return ()
        if agreed is None:
            return (("interest", Fraction(5, 10_000), True),)
        bottom = Fraction(0)
        if facts.contract_date is not None and facts.contract_date >= LPR[0][0]:
            bottom = lpr(facts.contract_date) / year_of(item)
        return (("interest", max(daily(agreed, item), bottom), True),)
    if item.rate is not None or item.penalty_rate is not None:
        both = (("interest", daily(item.rate, item), True), ("penalty", daily(item.penalty_rate, item), True))
        return tuple(pair for pair in both if pair[1])
    floats = facts.kind == "construction" if facts.is_floating is None else facts.is_floating
    at = day if floats else first
    if facts.is_floating is None and facts.kind != "construction" and first < LPR[0][0]:
        at = min(day, LPR[0][0] - DAY)
    rate = lpr(at) / year_of(item)
    if facts.kind == "construction":
        return (("interest", rate, True),)
    return (("penalty", rate * Fraction(facts.late_multiple or Decimal("1.3")), True),)


def bears_judgment(facts: Facts, perform_by: date | None, day: date) -> Bears:
    judgment = facts.judgment
    last = perform_by or judgment.perform_by or judgment.day
    if last is None or day <= last or day < date(2014, 8, 1):
        return ()
    if any(span.first <= day <= span.last for span in judgment.suspended):
        return ()
    return (("doubled", Fraction(175, 1_000_000), True),)


def due_of(facts: Facts, item: Item) -> date | None:
    match facts.kind:
        case "judgment":
            return facts.judgment.perform_by or item.due
        case "sale" | "service":
            return item.due or facts.delivered_on
        case "construction":
            return item.due or facts.delivered_on or facts.settlement_submitted_on or facts.suit_date
        case "sme_supply" if facts.delivered_on:
            is_public = facts.debtor_kind in ("government", "public_institution")
            if item.due is None and not is_public and facts.delivered_on < date(2025, 6, 1):
                return facts.delivered_on
            if item.due is None:
                return working(facts.delivered_on + (30 if is_public else 60) * DAY)
            return min(item.due, working(facts.delivered_on + 60 * DAY)) if is_public else item.due
    return item.due


def bears(facts: Facts, item: Item, perform_by: date | None, day: date, as_of: date) -> Bears:
    if facts.kind == "judgment":
        since = item.interest_from or item.due or facts.judgment.day
        general = item.rate and since is not None and day > since
        found: Bears = (("interest", daily(item.rate, item), False),) if general else ()
    elif facts.kind == "private_loan":
        found = bears_loan(facts, item, day, as_of)
    else:
        found = bears_trade(facts, item, due_of(facts, item), day)
    if facts.judgment is not None:
        found += bears_judgment(facts, perform_by, day)
    return found
