"""Rolled-up loans: an earlier loan settled, its interest written into the principal of a new note.

The note's amount is the principal as far as the earlier rate stayed within four times the LPR of the first contract;
interest above that never becomes principal. What is to be paid when the term ends may not exceed the first principal
with four times that LPR on it for the whole time: the interest of the term stops on the day that would pass it (up to
a day less than the law allows, never more). Interest after the due day is another matter (article 28).

Refuses: nothing; a first loan from before 2020-08-20 is held against the cap that runs last, and the statement says so.
Source: 民间借贷规定 27.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from jieqing.claims.entitlements.engine import disputed
from jieqing.claims.entitlements.engine.caps import NEW_RULE, caps_of
from jieqing.claims.entitlements.engine.facts import Item
from jieqing.claims.entitlements.engine.ground import Ground, Schedule, iso, percent, yearly
from jieqing.kernel.money import Rounding, format_amount, round_ratio

_YEAR = 365
_FOUR = 4


def is_rolled(item: Item) -> bool:
    return item.first_principal_minor is not None and item.first_from is not None


def with_principal_of_law(ground: Ground, item: Item) -> Item:
    """Return the item with the principal that article 27(1) leaves; the item itself where nothing was rolled up."""
    start = item.interest_from or ground.facts.contract_date
    rate = _cap(ground, item)
    if item.first_principal_minor is None or item.first_from is None or start is None or rate is None:
        return item
    rolled = item.principal_minor - item.first_principal_minor
    if rolled <= 0:
        return item
    days = max(0, (start - item.first_from).days)
    allowed = _interest(item.first_principal_minor, rate, days)
    if item.first_rate is not None and yearly(item.first_rate, item) <= rate:
        allowed = rolled
    taken = min(rolled, allowed)
    currency = ground.facts.currency
    ground.warn(
        disputed.ROLLED_UP,
        item=item.id,
        first=format_amount(item.first_principal_minor, currency),
        interest=format_amount(taken, currency),
        principal=format_amount(item.first_principal_minor + taken, currency),
        cap=percent(rate),
    )
    return replace(item, principal_minor=item.first_principal_minor + taken)


def stopped(ground: Ground, item: Item, schedule: Schedule) -> Schedule:
    """Return the schedule of a loan with the interest of its term stopped where article 27(2) is reached."""
    rate = _cap(ground, item)
    if item.first_principal_minor is None or item.first_from is None or item.due is None or rate is None:
        return schedule
    late = item.due.toordinal() + 1
    in_term = [(day, running) for day, running in schedule if day < late]
    if not in_term or not in_term[0][1]:
        return schedule
    ceiling = item.first_principal_minor + _interest(
        item.first_principal_minor, rate, (item.due - item.first_from).days
    )
    base = item.principal_minor - item.prepaid_interest_minor
    room = Fraction(ceiling - base)
    afterwards = [(day, running) for day, running in schedule if day >= late]
    ends = [day for day, _ in in_term[1:]] + [late]
    for (day, running), end in zip(in_term, ends, strict=True):
        burden = base * sum((charge.daily for charge in running), start=Fraction(0))
        if burden and burden * (end - day) > room:
            stop = day + max(0, int(room // burden))
            ground.warn(
                disputed.ROLLED_CEILING,
                item=item.id,
                day=iso(stop),
                ceiling=format_amount(ceiling, ground.facts.currency),
            )
            kept = [found for found in in_term if found[0] < stop]
            if not afterwards or afterwards[0][0] > late:
                afterwards.insert(0, (late, in_term[-1][1]))
            return [*kept, (stop, ()), *(found for found in afterwards if found[0] < ground.end)]
        room -= burden * (end - day)
    return schedule


def _interest(base: int, rate: Decimal, days: int) -> int:
    exact = Fraction(base) * Fraction(rate) * days / _YEAR
    return round_ratio(exact.numerator, exact.denominator, Rounding.HALF_UP)


def _cap(ground: Ground, item: Item) -> Decimal | None:
    """Four times the LPR of the first contract; no cap for licensed lenders."""
    if item.first_from is None:
        return None
    last = caps_of(ground)[-1].rate
    if last is None or item.first_from.toordinal() < NEW_RULE:
        return last
    lpr = ground.rate_on(item.first_from.toordinal(), item.id)
    return None if lpr is None else lpr * _FOUR
