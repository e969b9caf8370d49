"""Charges: a rule and an exact rate, made ready for integer arithmetic.

A charge turns (base, days) into minor units with one multiplication and one division of integers: the rate is kept
as numerator and denominator, and the rounding as a number added before the division. Half-even cannot be said that
way and corrects its ties afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from jieqing.claims.entitlements.engine.rules import Rule
from jieqing.kernel.money import Rounding
from jieqing.kernel.rates import Rate

Compiled: TypeAlias = "tuple[int, int, int, int, Charge]"
"""(part, numerator, addend, denominator, charge): amount = (base × days × numerator + addend) // denominator."""


@dataclass(frozen=True, slots=True, eq=False)
class Charge:
    """One rate that runs under one rule. `agreed` is the agreed rate where the law put another in its place.

    Charges come from `charge`, which keeps one object for equal values, so they are compared by identity.
    """

    rule: Rule
    rate: Rate
    agreed: Rate | None = None

    @property
    def daily(self) -> Fraction:
        """The rate of one day, exact."""
        return Fraction(self.rate.rate) / self.rate.day_count


@lru_cache(maxsize=4096)
def charge(rule: Rule, rate: Decimal, day_count: int, agreed: Decimal | None = None) -> Charge:
    """Return the charge of a rate; `agreed` shares its day count."""
    return Charge(rule, Rate(rate, day_count), None if agreed is None else Rate(agreed, day_count))


def compiled(of: Charge, rounding: Rounding) -> Compiled:
    """Return a charge as the five values that the replay multiplies with."""
    numer, denom = of.rate.rate.as_integer_ratio()
    denom *= of.rate.day_count
    # Twice the fraction, so that half a unit is whole: half up adds one half, up nearly one, down nothing.
    addend = {Rounding.DOWN: 0, Rounding.UP: 2 * denom - 1}.get(rounding, denom)
    return int(of.rule.part), 2 * numer, addend, 2 * denom, of


@lru_cache(maxsize=16_384)
def compiled_stretch(
    stretch: tuple[int, tuple[Charge, ...]], rounding: Rounding
) -> tuple[int, tuple[Compiled, ...]]:
    """Return a stretch with all its charges compiled: one object for all the debts of a portfolio that meet it."""
    first, charges = stretch
    return first, tuple(compiled(one, rounding) for one in charges)
