"""Appropriation: where a payment that does not cover everything goes.

Between debts (民法典 560): the one the debtor named; else those due, then the least secured, then the most burdensome (the
higher rate on that day), then the earliest due, and equals by their open amounts. Inside a debt (561): costs of
realising the claim, interest, principal, unless the parties agreed on another order. Late penalty is taken with
interest; the doubled part of a late judgment comes after everything else of every debt (法释〔2014〕8号 article 4).

An order is data: a sequence of parts. Costs and the doubled part are passes of their own, across all debts; the parts
between them are one pass, debt by debt.

Invariant: what is handed out plus what is left over is the payment, to the unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TypeAlias

from jieqing.claims.entitlements.engine.rules import Part
from jieqing.kernel.money import allocate

Pass: TypeAlias = tuple[int, ...]
Portion: TypeAlias = tuple[int, int, int]
"""(index of the debt, part, amount)."""
_NEVER_DUE = 10**9


@dataclass(slots=True)
class Claim:
    """One debt on the day of a payment. `opens` are its open amounts by part and are reduced as they are paid."""

    index: int
    opens: list[int]
    is_due: bool
    secured_minor: int
    burden: Fraction
    due: int | None

    @property
    def rank(self) -> tuple[bool, int, Fraction, int]:
        """The order of article 560 as a key; equal keys share pro rata."""
        return not self.is_due, self.secured_minor, -self.burden, self.due or _NEVER_DUE


def passes_of(order: Sequence[int]) -> list[Pass]:
    """Cut an order into passes: costs and the doubled part each alone, runs of other parts together.

    Example:
        >>> passes_of([Part.COSTS, Part.INTEREST, Part.PRINCIPAL, Part.DOUBLED])
        [(4,), (0, 3), (2,)]
    """
    alone = (Part.COSTS, Part.DOUBLED)
    return [
        tuple(int(part) for part in group)
        for _, group in groupby(order, key=lambda part: part if part in alone else -1)
    ]


def spread(amount: int, claims: Sequence[Claim], parts: Pass) -> Iterator[Portion]:
    """Hand an amount to debts in the order of article 560, inside each by the parts of one pass."""
    ranked = sorted(claims, key=lambda claim: claim.rank)
    for _, equals in groupby(ranked, key=lambda claim: claim.rank):
        group = [claim for claim in equals if _open(claim, parts)]
        weights = [_open(claim, parts) for claim in group]
        given = min(amount, sum(weights))
        if not given:
            continue
        for claim, share in zip(group, allocate(given, weights), strict=True):
            yield from _inside(claim, share, parts)
        amount -= given


def _open(claim: Claim, parts: Pass) -> int:
    return sum(claim.opens[part] for part in parts)


def _inside(claim: Claim, amount: int, parts: Pass) -> Iterator[Portion]:
    for part in parts:
        given = min(amount, claim.opens[part])
        if given:
            claim.opens[part] -= given
            amount -= given
            yield claim.index, part, given
