"""Promises to pay: whether a promise is kept, broken or still open, said by ledger postings and a day alone.

A promise is a plan of instalments (one is the plain case). Money counts when it is a payment on a document of the case,
effective from the day of the promise on; write-offs, credit notes and set-offs are no payments. An instalment is met when
what had come in by its day, with the days of grace for the bank, reaches the sum of all instalments up to it, less the
tolerance. The tolerance is explicit: bank charges that a payer's bank kept, never more than it says.

- kept: everything promised came in by the last day and its grace;
- broken: some instalment's day and grace have passed and what came in by then falls short;
- open: neither, so far.

The answer is recomputed whenever the ledger changes: a bank file that arrives late and shows money that came in time turns
a broken promise into a kept one, and a payment that is taken back turns it round. Nobody sets it by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.recovery.cases.engine.codes import PromiseState

GRACE_DAYS = 3
TOLERANCE_MINOR_MAX = 5_000
TOLERANCE_PER_MILLE = 5
INSTALMENTS_MAX = 60
FARTHEST_DAYS = 366 * 5


@dataclass(frozen=True, slots=True)
class Instalment:
    due_on: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PromiseTerms:
    """What was promised on ``made_on``; how late the bank may be and how little may lack is part of the row."""

    made_on: date
    instalments: tuple[Instalment, ...]
    grace_days: int
    tolerance_minor: int

    @property
    def amount_minor(self) -> int:
        return sum(one.amount_minor for one in self.instalments)

    @property
    def due_on(self) -> date:
        return self.instalments[-1].due_on


@dataclass(frozen=True, slots=True)
class Payment:
    """Money on a document of the case: positive when it came in, negative when a posting was reversed."""

    on: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """``paid_minor`` counts what came in by the last day and its grace; ``next_due_on`` is the first instalment not met."""

    state: PromiseState
    paid_minor: int
    next_due_on: date | None


def tolerance_of(amount_minor: int) -> int:
    """How much may lack: five per mille, at most 50.00 of the currency.

    Example:
        >>> tolerance_of(100_000), tolerance_of(10_000_000)
        (500, 5000)
    """
    return min(amount_minor * TOLERANCE_PER_MILLE // 1_000, TOLERANCE_MINOR_MAX)


def terms_of(made_on: date, instalments: Sequence[Instalment]) -> PromiseTerms | Problem:
    """The terms of a promise made on a day, or why they are none."""
    if not 1 <= len(instalments) <= INSTALMENTS_MAX:
        return Problem.of(PROMISE_INSTALMENTS, most=INSTALMENTS_MAX)
    if any(one.amount_minor <= 0 for one in instalments):
        return Problem.of(PROMISE_AMOUNT)
    days = [one.due_on for one in instalments]
    if days != sorted(set(days)):
        return Problem.of(PROMISE_ORDER)
    if days[0] < made_on or (days[-1] - made_on).days > FARTHEST_DAYS:
        return Problem.of(PROMISE_DAY, on=made_on.isoformat())
    total = sum(one.amount_minor for one in instalments)
    return PromiseTerms(made_on, tuple(instalments), GRACE_DAYS, tolerance_of(total))


def judge(terms: PromiseTerms, payments: Iterable[Payment], today: date) -> Judgement:
    """How the promise stands on a day, from what the ledger shows.

    Example:
        >>> day = lambda number: date(2026, 3, number)
        >>> terms = PromiseTerms(day(1), (Instalment(day(10), 1_000),), grace_days=3, tolerance_minor=5)
        >>> judge(terms, [Payment(day(12), 996)], day(12)).state.value
        'kept'
        >>> judge(terms, [Payment(day(14), 1_000)], day(14)).state.value
        'broken'
    """
    seen = [one for one in payments if one.on >= terms.made_on]
    grace, promised, is_broken = timedelta(days=terms.grace_days), 0, False
    next_due_on: date | None = None
    for one in terms.instalments:
        promised += one.amount_minor
        ends = one.due_on + grace
        came = sum(payment.amount_minor for payment in seen if payment.on <= ends)
        if came < promised - terms.tolerance_minor:
            next_due_on = next_due_on or one.due_on
            is_broken = is_broken or today > ends
    paid = sum(payment.amount_minor for payment in seen if payment.on <= terms.due_on + grace)
    if is_broken:
        return Judgement(PromiseState.BROKEN, paid, next_due_on)
    is_kept = next_due_on is None
    return Judgement(PromiseState.KEPT if is_kept else PromiseState.OPEN, paid, next_due_on)


def breaks_on(terms: PromiseTerms, judgement: Judgement) -> date | None:
    """The day on which an open promise becomes a broken one if nothing comes in."""
    if judgement.state is not PromiseState.OPEN or judgement.next_due_on is None:
        return None
    return judgement.next_due_on + timedelta(days=terms.grace_days + 1)


PROMISE_INSTALMENTS = ProblemKind(
    "cases.promise_instalments",
    "承诺应分 1 至 {most} 期。",
    "A promise has 1 to {most} instalments.",
    "请调整期数。",
    "Change the number of instalments.",
)
PROMISE_AMOUNT = ProblemKind(
    "cases.promise_amount",
    "每期金额必须大于零。",
    "Each instalment must be above zero.",
    "请改正金额。",
    "Correct the amounts.",
)
PROMISE_ORDER = ProblemKind(
    "cases.promise_order",
    "各期日期应由早到晚，且不重复。",
    "The days of the instalments must rise, each used once.",
    "请按日期排好各期。",
    "Put the instalments in order.",
)
PROMISE_DAY = ProblemKind(
    "cases.promise_day",
    "承诺日期应在 {on} 当天或之后，且不超过五年。",
    "A promise is for {on} or later, within five years.",
    "请改选日期。",
    "Choose another day.",
)
