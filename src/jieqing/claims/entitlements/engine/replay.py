"""Replay: the days of a claim walked once, in order, accruing and appropriating.

A payment of a day counts at the end of that day: the old base bears interest on it, the new base from the next. At
each payment what has accrued is rounded and open, so the payment can be appropriated to the unit. A line ends only
where its base or its charges change: a payment that leaves the base as it was lets the line run on, and the line is
written anew from its first day, so that every line is its own printed product, rounded once.

One debt is replayed by `replay_one`, which keeps everything in local names because a portfolio asks this question a
million times; several debts by `replay_many`, which brings all of them to each payment's day and lets `appropriation`
choose. Both give the same lines for one debt (a test holds them together).

Invariants: what a payment was given equals what it was for plus what is left over; an open amount is never negative.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from jieqing.claims.entitlements.engine.appropriation import Claim, passes_of, spread
from jieqing.claims.entitlements.engine.charges import Charge, Compiled
from jieqing.claims.entitlements.engine.debts import Debt
from jieqing.claims.entitlements.engine.rules import Part

PRINCIPAL, COSTS = int(Part.PRINCIPAL), int(Part.COSTS)
_NOTHING = Fraction(0)
COST_MOVE, THE_END = -1, -2

Move: TypeAlias = "tuple[int, int, int, str | None]"
"""(first day after it, amount, number of the payment or COST_MOVE, designated item); sorted by day."""
Line: TypeAlias = "tuple[int, int, int, Charge, int, int]"
"""(first day, day after the last, base, charge, amount, index of the debt)."""
Share: TypeAlias = "tuple[int, int, int, int]"
"""(number of the payment, index of the debt (0 for costs, which are nobody's), part, amount)."""
Surplus: TypeAlias = "list[tuple[int, int]]"
"""(number of the payment, what it left over)."""


@dataclass(slots=True)
class Replayed:
    """`opens` holds each debt's open amounts by part; costs stand apart."""

    lines: list[Line] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)
    opens: list[list[int]] = field(default_factory=list)
    costs: int = 0
    surplus: Surplus = field(default_factory=list)


def replay_one(  # noqa: C901  one loop with local names: it is what a portfolio waits for
    debt: Debt, moves: Sequence[Move], end: int, order: Sequence[int], half_even: bool
) -> Replayed:
    """Replay a single debt up to `end` (the day after the last day counted)."""
    lines: list[Line] = []
    shares: list[Share] = []
    surplus: Surplus = []
    base = debt.principal_minor
    opens = [0, 0, 0, base, 0]
    stretches = iter(debt.stretches)
    last: tuple[int, tuple[Compiled, ...]] = (end, ())
    following, upcoming = next(stretches, last)
    running: tuple[Compiled, ...] = ()
    at = since = 0
    for day, amount, number, _ in (*moves, (end, 0, THE_END, None)):
        if number == COST_MOVE:
            opens[COSTS] += amount
            opens[COSTS] -= _drawn(surplus, opens[COSTS], shares)
            continue
        while at < day:
            to = following if following < day else day
            if running and base:
                if since != at:
                    _unwrite(lines, len(running), opens)
                weight = base * (to - since)
                for part, numer, addend, denom, charge in running:
                    fen = (weight * numer + addend) // denom
                    if half_even and fen & 1 and not (weight * numer + addend) % denom:
                        fen -= 1
                    lines.append((since, to, base, charge, fen, 0))
                    opens[part] += fen
            at = to
            if at == following:
                running = upcoming
                since = at
                following, upcoming = next(stretches, last)
        for part in order:
            due = opens[part]
            if due:
                if amount <= due:
                    if amount:
                        opens[part] = due - amount
                        shares.append((number, 0, part, amount))
                        amount = 0
                    break
                opens[part] = 0
                shares.append((number, 0, part, due))
                amount -= due
        if base != opens[PRINCIPAL]:
            base = opens[PRINCIPAL]
            since = at
        if amount:
            surplus.append((number, amount))
    return Replayed(lines, shares, [opens], opens[COSTS], surplus)


def _unwrite(lines: list[Line], count: int, opens: list[int]) -> None:
    """Take back the lines of a run that goes on after a payment."""
    for line in lines[-count:]:
        opens[line[3].rule.part] -= line[4]
    del lines[-count:]


@dataclass(slots=True)
class _Walk:
    """A debt on its way through the days; `since` is the first day of the run that goes on."""

    index: int
    debt: Debt
    opens: list[int]
    stretches: Iterator[tuple[int, tuple[Compiled, ...]]]
    upcoming: tuple[int, tuple[Compiled, ...]] | None
    lines: list[Line] = field(default_factory=list)
    running: tuple[Compiled, ...] = ()
    base: int = 0
    at: int = 0
    since: int = 0

    def advance(self, day: int, half_even: bool) -> None:
        """Accrue up to a day, one line for each run of days and each charge."""
        if self.base != self.opens[PRINCIPAL]:
            self.base, self.since = self.opens[PRINCIPAL], self.at
        while self.at < day:
            to = min(day, self.upcoming[0]) if self.upcoming else day
            self._accrue(to, half_even)
            self.at = to
            if self.upcoming and self.upcoming[0] == to:
                self.running, self.since = self.upcoming[1], to
                self.upcoming = next(self.stretches, None)

    def _accrue(self, to: int, half_even: bool) -> None:
        if not self.base or not self.running:
            return
        if self.since != self.at:
            _unwrite(self.lines, len(self.running), self.opens)
        for part, numer, addend, denom, charge in self.running:
            fen, rest = divmod(self.base * (to - self.since) * numer + addend, denom)
            if half_even and fen & 1 and not rest:
                fen -= 1
            self.lines.append((self.since, to, self.base, charge, fen, self.index))
            self.opens[part] += fen

    def claim(self, day: int) -> Claim:
        """The debt as article 560 sees it at the end of a day."""
        debt = self.debt
        burden = sum((charge.daily for _, _, _, _, charge in self.running), start=_NOTHING)
        is_due = debt.due is not None and debt.due <= day
        return Claim(self.index, self.opens, is_due, debt.secured_minor, burden, debt.due)


def replay_many(
    debts: Sequence[Debt], moves: Sequence[Move], end: int, order: Sequence[int], half_even: bool
) -> Replayed:
    """Replay several debts side by side up to `end`."""
    found = Replayed()
    walks = [_walk(index, debt) for index, debt in enumerate(debts)]
    passes = passes_of(order)
    for day, amount, number, item in moves:
        if number == COST_MOVE:
            found.costs += amount
            found.costs -= _drawn(found.surplus, found.costs, found.shares)
            continue
        for walk in walks:
            walk.advance(day, half_even)
        claims = [walk.claim(day - 1) for walk in walks]
        named = [claim for claim in claims if item is not None and debts[claim.index].item_id == item]
        for group in (named, claims) if named else (claims,):
            amount = _appropriate(found, amount, number, group, passes)
        if amount:
            found.surplus.append((number, amount))
    for walk in walks:
        walk.advance(end, half_even)
        found.lines += walk.lines
    found.opens = [walk.opens for walk in walks]
    return found


def _appropriate(
    found: Replayed, amount: int, number: int, claims: Sequence[Claim], passes: Sequence[tuple[int, ...]]
) -> int:
    """Give a payment to claims, pass by pass, and return what is left of it."""
    for parts in passes:
        if not amount:
            break
        if parts == (COSTS,):
            given = min(amount, found.costs)
            if given:
                found.costs -= given
                amount -= given
                found.shares.append((number, 0, COSTS, given))
            continue
        for index, part, given in spread(amount, claims, parts):
            found.shares.append((number, index, part, given))
            amount -= given
    return amount


def _walk(index: int, debt: Debt) -> _Walk:
    stretches = iter(debt.stretches)
    return _Walk(index, debt, [0, 0, 0, debt.principal_minor, 0], stretches, next(stretches, None))


def _drawn(surplus: Surplus, costs: int, shares: list[Share]) -> int:
    """Let costs that come late be paid by what earlier payments left over; return how much was."""
    drawn = 0
    while surplus and drawn < costs:
        number, left = surplus.pop(0)
        given = min(left, costs - drawn)
        shares.append((number, 0, COSTS, given))
        drawn += given
        if left > given:
            surplus.insert(0, (number, left - given))
    return drawn
