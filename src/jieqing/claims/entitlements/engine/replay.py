"""Replay: the days of a claim walked once, in order, accruing and appropriating.

A payment of a day counts at the end of that day: the old base bears interest on it, the new base from the next. At
each payment what has accrued is rounded and open, so the payment can be appropriated to the unit. A line ends only
where its base or what runs on the debt changes: a payment that leaves the base as it was lets the line run on, so
every line is its own printed product, rounded once.

The ordinary claim (one debt, one charge at a time, the order of the law, nothing spent on it) is replayed by
`replay_plain`, which keeps everything in local names because a portfolio asks this question a million times; every
other one by `replay_many`, which brings all debts to each payment's day and lets `appropriation` choose. Both give
the same for an ordinary claim (a test holds them together).

Invariants: what a payment was given equals what it was for plus what is left over; an open amount is never negative.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from jieqing.claims.entitlements.engine.appropriation import Claim, Pass, passes_of, spread
from jieqing.claims.entitlements.engine.charges import Charge, Compiled
from jieqing.claims.entitlements.engine.debts import Debt
from jieqing.claims.entitlements.engine.facts import DEFAULT_ORDER
from jieqing.claims.entitlements.engine.rules import Part

PRINCIPAL, COSTS = int(Part.PRINCIPAL), int(Part.COSTS)
_NOTHING = Fraction(0)
_NEVER = 10**9

Move: TypeAlias = tuple[int, str, int]
"""A payment: (its day, the item the debtor named or nothing, amount). Sorted; a payment's number is its place."""
Spent: TypeAlias = tuple[int, int]
"""Money spent on the claim: (its day, amount). Sorted."""
Line: TypeAlias = tuple[int, int, int, Charge, int, int]
"""(first day, day after the last, base, charge, amount, index of the debt)."""
Share: TypeAlias = tuple[int, int, int, int]
"""(number of the payment, index of the debt (0 for costs, which are nobody's), part, amount)."""
Surplus: TypeAlias = list[tuple[int, int]]
"""(number of the payment, what it left over)."""


class Course(NamedTuple):
    """What happens to the debts until `end`, the day after the last day counted."""

    payments: Sequence[Move]
    costs: Sequence[Spent]
    end: int
    order: tuple[Part, ...]
    is_half_even: bool


@dataclass(slots=True)
class Replayed:
    """`opens` holds each debt's open amounts by part; costs stand apart."""

    lines: Iterable[Line] = ()
    shares: Iterable[Share] = ()
    opens: list[list[int]] = field(default_factory=list)
    costs: int = 0
    surplus: Surplus = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlainLines:
    """The lines of a plain replay, kept end to end in one list: a tuple each would keep the garbage collector busy.

    Shape: five values a line, all but the index of the debt, which is the only one.
    """

    flat: list[Any]

    def __iter__(self) -> Iterator[Line]:
        for first, end, base, charge, amount in zip(*[iter(self.flat)] * 5, strict=True):
            yield first, end, base, charge, amount, 0


@dataclass(frozen=True, slots=True)
class PlainShares:
    """The shares of a plain replay, told when they are asked for: what is not `firsts` went to principal."""

    payments: Sequence[Move]
    part: int
    firsts: Sequence[int]
    surplus: Surplus

    def __iter__(self) -> Iterator[Share]:
        left_over = dict(self.surplus)
        for number, first in enumerate(self.firsts):
            if first:
                yield number, 0, self.part, first
            rest = self.payments[number][2] - first - left_over.get(number, 0)
            if rest:
                yield number, 0, PRINCIPAL, rest


def replay(debts: Sequence[Debt], course: Course) -> Replayed:
    """Replay debts up to the end of a course."""
    if len(debts) == 1 and not course.costs and not course.is_half_even and course.order == DEFAULT_ORDER:
        part = only_part(debts[0])
        if part is not None:
            return replay_plain(debts[0], part, course.payments, course.end)
    return replay_many(debts, course)


def only_part(debt: Debt) -> int | None:
    """Return the part of all that runs on a debt, where it runs one at a time and is paid before principal."""
    part = None
    for _, running in debt.stretches:
        if len(running) != 1 or (part is not None and running[0][0] is not part):
            return None
        part = running[0][0]
    return part if part in (Part.INTEREST, Part.PENALTY) else None


def replay_plain(debt: Debt, part: int, payments: Sequence[Move], end: int) -> Replayed:
    """Replay one debt on which one charge runs at a time, all of one part, which is paid before principal."""
    lines: list[Any] = []
    firsts: list[int] = []
    surplus: Surplus = []
    base, accrued = debt.principal_minor, 0
    # The line being written: its first day and what of it is in `accrued` already. Before the first stretch no line begins.
    since, added = _NEVER, 0
    numer, addend, denom, charge = 0, 0, 1, None
    stretches = iter(debt.stretches)
    following, upcoming = next(stretches)
    for day, _, amount in (*payments, (end - 1, "", 0)):
        day += 1
        while following < day:
            if base and since < following:
                fen = (base * (following - since) * numer + addend) // denom
                lines += (since, following, base, charge, fen)
                accrued += fen - added
            since, added = following, 0
            _, numer, addend, denom, charge = upcoming[0]
            following, upcoming = next(stretches, (_NEVER, ()))
        fen = (base * (day - since) * numer + addend) // denom
        accrued += fen - added
        if amount > accrued:
            if base and since < day:
                lines += (since, day, base, charge, fen)
            firsts.append(accrued)
            base -= amount - accrued
            accrued = added = 0
            if charge is not None:
                since = day
            if base < 0:
                surplus.append((len(firsts) - 1, -base))
                base = 0
        elif amount:
            firsts.append(amount)
            accrued -= amount
            added = fen
        elif base and since < day:
            lines += (since, day, base, charge, fen)
    opens = [0, 0, 0, base, 0]
    opens[part] = accrued
    return Replayed(PlainLines(lines), PlainShares(payments, part, firsts, surplus), [opens], 0, surplus)


def replay_many(debts: Sequence[Debt], course: Course) -> Replayed:
    """Replay any number of debts side by side."""
    shares: list[Share] = []
    lines: list[Line] = []
    found = Replayed(lines, shares)
    walks = [_walk(index, debt, course.is_half_even) for index, debt in enumerate(debts)]
    passes = passes_of(course.order)
    # What was spent on a day is there to be paid on that day.
    events = [(day, -1, amount, "") for day, amount in course.costs]
    events += [(day, number, amount, item) for number, (day, item, amount) in enumerate(course.payments)]
    for day, number, amount, item in sorted(events):
        if number < 0:
            found.costs += amount
            found.costs -= _drawn(found.surplus, found.costs, shares)
            continue
        for walk in walks:
            walk.advance(day + 1)
        claims = [walk.claim(day) for walk in walks]
        named = [claim for claim in claims if item and debts[claim.index].item_id == item]
        for group in (named, claims) if named else (claims,):
            amount = _appropriate(found, shares, amount, number, group, passes)
        if amount:
            found.surplus.append((number, amount))
    for walk in walks:
        walk.advance(course.end)
        walk.close()
        lines += walk.lines
        found.opens.append(walk.opens)
    return found


@dataclass(slots=True)
class _Walk:
    """A debt on its way through the days.

    `since` is the first day of the lines being written, `base` what they run on, `added` what of each of them is in
    `opens` already.
    """

    index: int
    opens: list[int]
    debt: Debt
    is_half_even: bool
    stretches: Iterator[tuple[int, tuple[Compiled, ...]]]
    upcoming: tuple[int, tuple[Compiled, ...]] | None
    base: int
    lines: list[Line] = field(default_factory=list)
    running: tuple[Compiled, ...] = ()
    added: list[int] = field(default_factory=list)
    at: int = 0
    since: int = 0

    def advance(self, day: int) -> None:
        """Accrue up to a day."""
        if self.base != self.opens[PRINCIPAL]:
            self.close()
        while self.upcoming and self.upcoming[0] < day:
            self._accrue(self.upcoming[0])
            self.close()
            self.running = self.upcoming[1]
            self.added = [0] * len(self.running)
            self.upcoming = next(self.stretches, None)
        self._accrue(day)

    def _accrue(self, day: int) -> None:
        self.at = day
        for place, (part, numer, addend, denom, _) in enumerate(self.running if self.base else ()):
            fen, rest = divmod(self.base * (day - self.since) * numer + addend, denom)
            if self.is_half_even and fen & 1 and not rest:
                fen -= 1
            self.opens[part] += fen - self.added[place]
            self.added[place] = fen

    def close(self) -> None:
        """Write the lines that end here and begin new ones on what is left of the principal."""
        if self.base and self.since < self.at:
            for fen, (_, _, _, _, charge) in zip(self.added, self.running, strict=True):
                self.lines.append((self.since, self.at, self.base, charge, fen, self.index))
        self.since, self.base = self.at, self.opens[PRINCIPAL]
        self.added = [0] * len(self.running)

    def claim(self, day: int) -> Claim:
        """The debt as article 560 sees it at the end of a day."""
        debt = self.debt
        burden = sum((charge.daily for _, _, _, _, charge in self.running), start=_NOTHING)
        is_due = debt.due is not None and debt.due <= day
        return Claim(self.index, self.opens, is_due, debt.secured_minor, burden, debt.due)


def _walk(index: int, debt: Debt, is_half_even: bool) -> _Walk:
    stretches = iter(debt.stretches)
    principal = debt.principal_minor
    first = next(stretches, None)
    return _Walk(index, [0, 0, 0, principal, 0], debt, is_half_even, stretches, first, principal)


def _appropriate(
    found: Replayed,
    shares: list[Share],
    amount: int,
    number: int,
    claims: Sequence[Claim],
    passes: Sequence[Pass],
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
                shares.append((number, 0, COSTS, given))
            continue
        for index, part, given in spread(amount, claims, parts):
            shares.append((number, index, part, given))
            amount -= given
    return amount


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
