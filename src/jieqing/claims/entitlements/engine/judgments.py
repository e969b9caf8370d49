"""Judgments: the doubled part of interest for late performance, and the general interest a judgment fixed.

The doubled part is 0.000175 of the unpaid money of the judgment for each day, a fixed number that no LPR changes, from
the day after the time for performance ran out until payment. Instalments run each for themselves. General interest
goes on as the judgment fixed it and never enters the base. Days on which enforcement was suspended without the
debtor's request do not count. Payments go to the judgment first and to the doubled part last (rule order).

Source: 民事诉讼法 264; 法释〔2014〕8号 articles 1-4, 7.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from jieqing.claims.entitlements.engine import disputed, refusals, rules, warnings
from jieqing.claims.entitlements.engine.charges import charge
from jieqing.claims.entitlements.engine.facts import Facts, Item
from jieqing.claims.entitlements.engine.ground import Ground, Schedule, agreed_charge
from jieqing.kernel.outcomes import Problem

DOUBLED_DAILY = Decimal("0.000175")
FIRST_DAY = date(2014, 8, 1).toordinal()
_SINCE = ("法释〔2014〕8号第二条", "SPC 2014 No. 8, art. 2")
DOUBLED = charge(rules.JUDGMENT_DOUBLED, DOUBLED_DAILY, 1)


def doubled_schedule(ground: Ground, perform_by: date | None) -> Schedule:
    """Return when the doubled part runs for money to be paid by a day."""
    judgment = ground.facts.judgment
    assert judgment is not None, "asked only where there is a judgment"
    last_day = perform_by or judgment.perform_by or judgment.day
    if last_day is None:
        return []
    if perform_by is None and judgment.perform_by is None:
        ground.warn(warnings.PERFORM_BY_ASSUMED, day=last_day.isoformat())
    first = last_day.toordinal() + 1
    if first < FIRST_DAY:
        ground.warn(warnings.JUDGMENT_BEFORE_2014)
        first = FIRST_DAY
    if first < ground.end:
        ground.warn(disputed.DAY_ITSELF, article_zh=_SINCE[0], article_en=_SINCE[1])
    cuts = {first}
    spans = [(span.first.toordinal(), span.last.toordinal() + 1) for span in judgment.suspended]
    cuts.update(day for span in spans for day in span if day > first)
    return [
        (day, () if any(start <= day < end for start, end in spans) else (DOUBLED,)) for day in sorted(cuts)
    ]


def general_schedule(ground: Ground, item: Item) -> Schedule:
    """Return the general interest of a judgment debt: only what the facts say it fixed."""
    if not item.rate:
        return []
    judgment = ground.facts.judgment
    since = item.interest_from or item.due or (judgment.day if judgment is not None else None)
    if since is None:
        ground.warn(warnings.START_MISSING, item=item.id)
        return []
    return [(since.toordinal() + 1, (agreed_charge(rules.JUDGMENT_GENERAL, item.rate, item),))]


def with_instalments(facts: Facts) -> tuple[tuple[Item, date | None], ...] | Problem:
    """Return the debts of the facts, each with its own last day of performance.

    A judgment in instalments cuts its one item into as many debts; what the instalments leave stays due on the
    judgment's day of performance.
    """
    judgment = facts.judgment
    if judgment is None or not judgment.instalments:
        if not facts.items:
            return Problem.of(refusals.NOTHING_OWED)
        return tuple((item, None) for item in facts.items)
    if len(facts.items) > 1:
        return Problem.of(refusals.INSTALMENTS_OF_MANY, items=len(facts.items))
    instalments = sorted(judgment.instalments, key=lambda part: (part.due, part.amount_minor))
    total = sum(part.amount_minor for part in instalments)
    item = facts.items[0] if facts.items else Item(id="1", principal_minor=total)
    rest = item.principal_minor - item.prepaid_interest_minor - total
    if rest < 0:
        return Problem.of(refusals.INSTALMENTS_EXCEED, principal=item.principal_minor, instalments=total)
    parts: list[tuple[Item, date | None]] = [
        (
            replace(
                item, id=f"{item.id}/{number}", principal_minor=part.amount_minor, prepaid_interest_minor=0
            ),
            part.due,
        )
        for number, part in enumerate(instalments, start=1)
    ]
    if rest:
        parts.append((replace(item, principal_minor=rest, prepaid_interest_minor=0), None))
    return tuple(parts)
