"""The statement: what is owed on a day, line by line, each fen open to its rule and article.

    facts -> debts (what will run on each) -> replay (days and payments in order) -> statement

Segments are half open, [from, to): `from` of the first late segment is the day after the due day, `to` of the last the
day after the statement's. The statement names its rounding, its day counts (one per segment) and whether rates were
fixed or floating. What was accrued, what was paid and what is open are three views of the same lines and always agree:
open = principal + accrued + costs - appropriated.

Refuses: nothing that can be said honestly; see `warnings`. A Problem only where the facts contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from jieqing.claims.entitlements.engine import warnings
from jieqing.claims.entitlements.engine.cautions import caution
from jieqing.claims.entitlements.engine.debts import Debt, debts_of
from jieqing.claims.entitlements.engine.facts import DEFAULT_ORDER, ClaimKind, Facts, Payment
from jieqing.claims.entitlements.engine.ground import Ground, Notes
from jieqing.claims.entitlements.engine.lpr import LPR, LprTable
from jieqing.claims.entitlements.engine.replay import Course, Line, Replayed, Share, replay
from jieqing.claims.entitlements.engine.rules import AGREED_PENALTY, Part, Rule
from jieqing.kernel.money import Rounding, format_amount
from jieqing.kernel.outcomes import Problem
from jieqing.kernel.rates import Rate


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of days with one base and one rate, [first, end)."""

    item: str
    part: Part
    first: date
    end: date
    days: int
    base_minor: int
    rate: Rate
    amount_minor: int
    rule: Rule
    agreed: Rate | None


@dataclass(frozen=True, slots=True)
class Appropriation:
    """What one payment gave to one part of one item (None: to the costs)."""

    day: date
    item: str | None
    part: Part
    amount_minor: int


@dataclass(slots=True)
class Statement:
    """What is owed at the end of `as_of`, in minor units of the facts' currency.

    `interest_minor` includes the doubled part of a late judgment, which `doubled_minor` shows apart.
    """

    facts: Facts
    as_of: date
    principal_minor: int
    interest_minor: int
    penalty_minor: int
    doubled_minor: int
    costs_minor: int
    surplus_minor: int
    notes: Notes
    debts: Sequence[Debt]
    replayed: Replayed

    @property
    def total_minor(self) -> int:
        return self.principal_minor + self.interest_minor + self.penalty_minor + self.costs_minor

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What a reader should know before relying on it; its sentences are written when they are read, as segments are."""
        return tuple(Problem.of(kind, **details) for kind, details in self.notes)

    @property
    def open_debts(self) -> list[tuple[Debt, date | None, list[int]]]:
        """Each debt with its due day and its open amounts by part."""
        return [
            (debt, None if debt.due is None else date.fromordinal(debt.due), opens)
            for debt, opens in zip(self.debts, self.replayed.opens, strict=True)
        ]

    @property
    def segments(self) -> list[Segment]:
        """Every line of the statement, by item and day."""
        return [_segment(line, self.debts) for line in self.replayed.lines]

    @property
    def appropriations(self) -> list[Appropriation]:
        """Where every payment went, in the order of the payments."""
        days = [payment.day for payment in payments_in_order(self.facts)]
        return [_appropriation(share, days, self.debts) for share in self.replayed.shares]

    def accrued_minor(self, part: Part) -> int:
        """Return what ran up in one part, paid or not."""
        return sum(line[4] for line in self.replayed.lines if line[3].rule.part is part)

    def paid_minor(self, part: Part) -> int:
        """Return what payments gave to one part."""
        return sum(share[3] for share in self.replayed.shares if share[2] == part)


def draw_statement(facts: Facts, as_of: date, lpr: LprTable = LPR) -> Statement | Problem:
    """Return what is owed at the end of a day.

    Units: minor units of ``facts.currency``; whole days, the day after the due day is day 1.
    Errors: a Problem where the facts contradict each other.
    """
    shipped = lpr
    if facts.lpr_confirmed:
        lpr = lpr.confirmed(facts.lpr_confirmed)
    ground = Ground(facts, as_of, lpr)
    caution(ground, shipped)
    debts = debts_of(ground)
    if isinstance(debts, Problem):
        return debts
    if facts.contract_date is not None and as_of < facts.contract_date:
        ground.warn(warnings.AS_OF_EARLY, as_of=as_of.isoformat(), start=facts.contract_date.isoformat())
    course = course_of(ground)
    replayed = replay(debts, course)
    surplus = sum(left for _, left in replayed.surplus) if replayed.surplus else 0
    if course.payments:
        _warn_of_payments(ground, debts, replayed, surplus)
    opens = replayed.opens
    interest, penalty, doubled, principal, _ = (
        opens[0] if len(opens) == 1 else map(sum, zip(*opens, strict=True))
    )
    return Statement(
        facts=facts,
        as_of=as_of,
        principal_minor=principal,
        interest_minor=interest + doubled,
        penalty_minor=penalty,
        doubled_minor=doubled,
        costs_minor=replayed.costs,
        surplus_minor=surplus,
        notes=tuple(ground.notes.values()),
        debts=debts,
        replayed=replayed,
    )


class Totals(NamedTuple):
    """The columns of many statements: one entry for each, in the order of the facts; None where facts contradict."""

    principal_minor: list[int | None]
    interest_minor: list[int | None]
    penalty_minor: list[int | None]
    costs_minor: list[int | None]


def draw_totals(many: Iterable[Facts], as_of: date, lpr: LprTable = LPR) -> Totals:
    """Return what is owed on many claims as columns, for a portfolio that needs sums and not their lines."""
    found = Totals([], [], [], [])
    for facts in many:
        drawn = draw_statement(facts, as_of, lpr)
        row: tuple[int | None, ...] = (None,) * len(found)
        if isinstance(drawn, Statement):
            row = (drawn.principal_minor, drawn.interest_minor, drawn.penalty_minor, drawn.costs_minor)
        for column, amount in zip(found, row, strict=True):
            column.append(amount)
    return found


def payments_in_order(facts: Facts) -> list[Payment]:
    """Return the payments in the order they are appropriated, however they were written down."""
    return sorted(facts.payments, key=lambda payment: payment.move)


def course_of(ground: Ground) -> Course:
    """Return payments and costs by day; what is later than the statement is left out, and said so."""
    facts, end = ground.facts, ground.end
    payments = [payment.move for payment in facts.payments]
    payments.sort()
    origin = _origin(facts)
    if payments and payments[0][0] < origin:
        start = date.fromordinal(origin).isoformat()
        for day, _, _ in payments:
            if day < origin:
                ground.warn(warnings.PAYMENT_EARLY, day=date.fromordinal(day).isoformat(), start=start)
        payments = [(max(day, origin), item, amount) for day, item, amount in payments]
    if payments and payments[-1][0] >= end:
        payments = [payment for payment in payments if payment[0] < end]
    costs = sorted(
        (cost.day.toordinal(), cost.amount_minor) for cost in facts.costs if cost.day.toordinal() < end
    )
    left_out = len(facts.payments) - len(payments) + len(facts.costs) - len(costs)
    if left_out:
        ground.warn(warnings.PAYMENT_LATER, count=left_out)
    return Course(payments, costs, end, facts.order, facts.rounding is Rounding.HALF_EVEN)


def _origin(facts: Facts) -> int:
    """The day on which the debt came into being: nothing is appropriated before it."""
    if facts.kind is ClaimKind.JUDGMENT or facts.contract_date is None:
        return 0
    return facts.contract_date.toordinal()


def _warn_of_payments(ground: Ground, debts: Sequence[Debt], replayed: Replayed, surplus: int) -> None:
    facts = ground.facts
    if surplus:
        ground.warn(warnings.SURPLUS, amount=format_amount(surplus, facts.currency))
    if (
        facts.order == DEFAULT_ORDER
        and any(item.penalty_rate for item in facts.items)
        and any(line[3].rule is AGREED_PENALTY for line in replayed.lines)
        and any(share[2] == Part.PENALTY for share in replayed.shares)
    ):
        ground.warn(warnings.PENALTY_BEFORE_PRINCIPAL)


def _segment(line: Line, debts: Sequence[Debt]) -> Segment:
    first, end, base, charge, amount, index = line
    return Segment(
        item=debts[index].id,
        part=charge.rule.part,
        first=date.fromordinal(first),
        end=date.fromordinal(end),
        days=end - first,
        base_minor=base,
        rate=charge.rate,
        amount_minor=amount,
        rule=charge.rule,
        agreed=charge.agreed,
    )


def _appropriation(share: Share, days: Sequence[date], debts: Sequence[Debt]) -> Appropriation:
    number, index, part, amount = share
    return Appropriation(
        day=days[number],
        item=None if part == Part.COSTS else debts[index].id,
        part=Part(part),
        amount_minor=amount,
    )
