"""From what is known to the facts of one debt: answers, the ledger's item, what holds for the debtor, the law's days and rates.

Nothing here decides. What cannot be known is left out: an agreed rate without the day of the loan has no cap to be compared
with, a debt without a due date has no running limitation (民法典 188; 诉讼时效规定 4).

Facts never hold anything that changes by itself from day to day (no counts of days), so the same debt keeps the digest of
its facts until something has really changed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from jieqing.claims.entitlements.engine.limitation import limitation
from jieqing.claims.entitlements.engine.limitation_events import Act, Event, Grade
from jieqing.claims.entitlements.engine.limitation_facts import ClaimKind, LimitationFacts
from jieqing.claims.entitlements.engine.lpr import LprTable
from jieqing.claims.parties.engine.standing import EventKind
from jieqing.kernel.outcomes import JSON, is_problem
from jieqing.recovery.intake.engine.questions import Answers, asked_facts, day_lent, rate_of

MULTIPLE = 4
# An older loan is capped by the LPR of the day of suit (民间借贷规定 31), which nobody knows yet.
CAPPED_SINCE = date(2020, 8, 20)
HEAVY_RATE = Decimal("0.36")
_STANDING = {
    EventKind.MINOR: "minor",
    EventKind.INCAPACITATED: "incapacitated",
    EventKind.DECEASED: "deceased",
    EventKind.BANKRUPT: "bankrupt",
    EventKind.INSOLVENCY: "insolvent",
    EventKind.DISPUTES: "disputed",
    EventKind.LEGAL_STAY: "legal_stay",
}


@dataclass(frozen=True, slots=True)
class Debt:
    """One debt as the ledger knows it. ``paid_on`` are days on which a part was received."""

    due_on: date | None
    open_minor: int
    paid_on: tuple[date, ...] = ()


def debt_facts(
    debt: Debt, answers: Answers, standing: Collection[EventKind], lpr: LprTable, today: date
) -> dict[str, JSON]:
    """Everything that rules may read of one debt."""
    facts = asked_facts(answers)
    facts |= {name: kind in standing for kind, name in _STANDING.items()}
    facts["settled"] = debt.open_minor <= 0
    barred = time_barred(debt, facts.get("debt_kind") == "judgment", today)
    if barred is not None:
        facts["time_barred"] = barred
    return facts | _rate_facts(answers, lpr)


def time_barred(debt: Debt, is_judgment: bool, today: date) -> bool | None:
    """Whether the safe limitation day has passed; None when the days cannot be judged."""
    found = limitation(
        LimitationFacts(
            kind=ClaimKind.ENFORCEMENT if is_judgment else ClaimKind.CLAIM,
            due_on=debt.due_on,
            events=tuple(Event(day, Act.PART_PAYMENT, Grade.PROVEN) for day in debt.paid_on),
        )
    )
    if is_problem(found):
        return None
    if found.deadline is None:
        # A judgment whose day is unknown has a period that runs all the same.
        return None if is_judgment and debt.due_on is None else False
    return today > found.deadline.last_day


def _rate_facts(answers: Answers, lpr: LprTable) -> dict[str, JSON]:
    rate, lent = rate_of(answers), day_lent(answers)
    if rate is None:
        return {}
    facts: dict[str, JSON] = {"rate_above_36": rate > HEAVY_RATE}
    if answers.get("creditor_kind") == "licensed_lender":
        # 民间借贷规定 1; 法释〔2020〕27号: licensed lenders and the seven local types stand outside the cap.
        return facts | {"interest_above_cap": False}
    if lent is not None and lent >= CAPPED_SINCE:
        facts["interest_above_cap"] = rate > lpr.at(lent.toordinal()).one_year * MULTIPLE
    return facts
