"""The ground of one statement: its facts, its day, the LPR, and the warnings gathered while rules look things up.

Every look-up of a published rate goes through here, so that no rule can use an unconfirmed month or a base rate from
before the LPR without the statement saying so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from jieqing.claims.entitlements.engine import warnings
from jieqing.claims.entitlements.engine.charges import Charge, charge
from jieqing.claims.entitlements.engine.facts import Facts, Item, RateBasis
from jieqing.claims.entitlements.engine.lpr import EARLIEST, FIRST_DAY, LprTable, Step
from jieqing.claims.entitlements.engine.rules import Rule
from jieqing.kernel.outcomes import JSON, ProblemKind
from jieqing.kernel.rates import Rate

LPR_DAY = FIRST_DAY.toordinal()

Stretch: TypeAlias = tuple[int, tuple[Charge, ...]]
"""The first day (an ordinal) of a run of days, and what runs on each of them. A list of them is a schedule."""
Schedule: TypeAlias = list[Stretch]

Note: TypeAlias = tuple[ProblemKind, dict[str, JSON]]
"""A warning before it is put into words."""
Notes: TypeAlias = tuple[Note, ...]

LprTerms: TypeAlias = tuple[Rule, Rule, Decimal, int]
"""(rule, rule before there was an LPR, multiple, day count)."""


@dataclass(slots=True)
class Ground:
    """`as_of` is the last day counted; `end` is the day after, as an ordinal."""

    facts: Facts
    as_of: date
    lpr: LprTable
    end: int = 0
    notes: dict[tuple[str, str], Note] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.end = self.as_of.toordinal() + 1

    def warn(self, kind: ProblemKind, **details: JSON) -> None:
        """Remember a warning once."""
        self.notes.setdefault((kind.code, str(details)), (kind, details))

    def rate_on(self, day: int, item: str = "") -> Decimal | None:
        """Return the one-year rate in force on a day, or None (and a warning) where no table reaches back."""
        if day < EARLIEST:
            self.warn(warnings.RATE_UNKNOWN, item=item, day=iso(EARLIEST))
            return None
        step = self.lpr.at(day)
        self._vouch(day, day, [step])
        return step.one_year

    def floating(self, first: int, terms: LprTerms, item: str = "") -> Schedule:
        """Return what a multiple of the rate of each day bears, from a day to the end of the statement."""
        if first < EARLIEST:
            self.warn(warnings.RATE_UNKNOWN, item=item, day=iso(EARLIEST))
            first = EARLIEST
        steps = self.lpr.between(first, max(self.end, first + 1))
        self._vouch(first, self.end - 1, steps)
        # One table and one set of terms serve a portfolio: a look-up each, not a call for each publication.
        known = stretches_at(terms)
        if len(known) > _KNOWN_MAX:
            known.clear()
        found = [known.get(step) or known.setdefault(step, lpr_stretch(step, *terms)) for step in steps]
        found[0] = first, found[0][1]
        return found

    def base_rates(self, first: int, terms: LprTerms, item: str = "") -> Schedule:
        """Return what a multiple of the base rate of the same time bears: a default before the LPR never meets it."""
        if first < EARLIEST:
            self.warn(warnings.RATE_UNKNOWN, item=item, day=iso(EARLIEST))
            first = EARLIEST
        steps = self.lpr.between(first, max(min(self.end, LPR_DAY), first + 1))
        self._vouch(first, first, steps)
        found = [lpr_stretch(step, *terms) for step in steps]
        found[0] = first, found[0][1]
        return found

    def fixed(self, first: int, terms: LprTerms, item: str = "") -> Schedule:
        """Return what a multiple of the rate of one day bears from that day on, whatever is published later."""
        if first < EARLIEST:
            self.warn(warnings.RATE_UNKNOWN, item=item, day=iso(EARLIEST))
            return []
        step = self.lpr.at(first)
        self._vouch(first, first, [step])
        return [(first, lpr_stretch(step, *terms)[1])]

    def _vouch(self, first: int, last: int, steps: list[Step]) -> None:
        if steps[0].first_day < LPR_DAY:
            self.warn(warnings.BASE_RATE_USED, day=iso(steps[0].first_day), rate=percent(steps[0].one_year))
        months = self.lpr.unconfirmed_months(first, last)
        if months:
            step = self.lpr.at(last)
            self.warn(
                warnings.LPR_UNCONFIRMED,
                months="、".join(months),
                day=iso(step.first_day),
                rate=percent(step.one_year),
            )


# Tables with a person's own months have steps of their own.
_KNOWN_MAX = 2048


@lru_cache(maxsize=256)
def stretches_at(terms: LprTerms) -> dict[Step, Stretch]:
    """What is known already of a multiple of each publication."""
    return {}


@lru_cache(maxsize=4096)
def lpr_stretch(step: Step, rule: Rule, base_rule: Rule, multiple: Decimal, day_count: int) -> Stretch:
    """Return a multiple of a published rate from the day of publication, the product exact."""
    used = rule if step.first_day >= LPR_DAY else base_rule
    rate = Rate(step.one_year, day_count).times(multiple).rate
    return step.first_day, (charge(used, rate, day_count),)


def year_days(item: Item) -> int:
    """Return the days of the year that yearly rates of this item count in: 365 unless the contract says 360."""
    return 360 if item.rate_basis is RateBasis.YEAR_360 else 365


def yearly(rate: Decimal, item: Item) -> Decimal:
    """Return an agreed rate as a yearly one, exact: a daily rate counts 365 days."""
    return Rate(rate, 1).times(Decimal(365)).rate if item.rate_basis is RateBasis.DAY else rate


def agreed_charge(rule: Rule, rate: Decimal, item: Item) -> Charge:
    """Return the charge of an agreed rate on the basis it was agreed on."""
    return charge(rule, rate, (item.rate_basis or RateBasis.YEAR_365).day_count)


def iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def percent(rate: Decimal) -> str:
    """Return a rate as people read it: 3.45%."""
    text = format(rate.scaleb(2), "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"
