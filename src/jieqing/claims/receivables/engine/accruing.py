"""What ran up on a document by a day: under its terms, from its own course of principal; drawn once for many days.

A statement drawn up to the last day asked for is a list of lines, each a run of days with one base and one rate, rounded
once. What had run up on an earlier day is the sum of the lines that had ended by then and of the line of that day up to
it, rounded the same way: to the fen what a statement drawn on that day says (a test holds the two together). So
``Accrual`` draws a document once for each change of its principal, not once for each day on which somebody pays.

Only for kinds whose rates do not look at the day of the statement itself. A private loan of the old rule does (its cap
is that of the suit), so whatever is not in ``BY_LINES`` is drawn day by day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jieqing.claims.entitlements.engine.charges import compiled
from jieqing.claims.entitlements.engine.facts import ClaimKind, Facts, Item, Payment, RateBasis
from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.entitlements.engine.statement import Statement, draw_statement
from jieqing.kernel.money import Rounding
from jieqing.kernel.outcomes import Problem, is_problem

PRINCIPAL_FIRST = (Part.PRINCIPAL, Part.COSTS, Part.INTEREST, Part.PENALTY, Part.DOUBLED)
BY_LINES = frozenset({ClaimKind.SALE, ClaimKind.SERVICE, ClaimKind.SME_SUPPLY, ClaimKind.CONSTRUCTION})

_Run = tuple[int, int, int, int, int, int, int, bool]
"""(first day, day after the last, base, amount, numerator, addend, denominator, is penalty)."""


class ChargeMode(StrEnum):
    """Values stand in rows and evidence: never rename one."""

    ACCRUE = "accrue"
    THREAT_ONLY = "threat_only"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Terms:
    """What runs on late items. ``rate`` None leaves it to the law (LPR times ``late_multiple``)."""

    mode: ChargeMode
    claim_kind: ClaimKind = ClaimKind.SALE
    rate: Decimal | None = None
    penalty_rate: Decimal | None = None
    rate_basis: RateBasis | None = None
    late_multiple: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """An item's principal: the document, and every later change of it by day (negative: paid or credited)."""

    amount_minor: int
    currency: str
    invoice_on: date
    due_on: date | None
    changes: tuple[tuple[date, int], ...] = ()


@dataclass(slots=True)
class Accrual:
    """One document's course as it is known, and what ran up on it by any day up to ``last``."""

    terms: Terms
    course: Course
    last: date
    _runs: list[_Run] | None = field(default=None, init=False)
    _is_daily: bool = field(default=False, init=False)

    def by(self, day: date) -> tuple[int, int] | Problem:
        """Interest and penalty that ran up to the end of a day, paid or not: as ``charge_plan.accrued`` says."""
        if _nothing_runs(self.terms, self.course, day):
            return 0, 0
        if day > self.last or self.terms.claim_kind not in BY_LINES or self._is_daily:
            return accrued(self.terms, self.course, day)
        if self._runs is None:
            drawn = _draw(self.terms, self.course, self.last)
            if is_problem(drawn):
                self._is_daily = True
                return accrued(self.terms, self.course, day)
            self._runs = list(_runs_of(drawn))
        return _sums(self._runs, day.toordinal() + 1)


def accrued(terms: Terms, course: Course, until: date) -> tuple[int, int] | Problem:
    """Interest and penalty that ran up to the end of a day, paid or not."""
    if _nothing_runs(terms, course, until):
        return 0, 0
    drawn = _draw(terms, course, until)
    if is_problem(drawn):
        return drawn
    interest = drawn.accrued_minor(Part.INTEREST) + drawn.accrued_minor(Part.DOUBLED)
    return interest, drawn.accrued_minor(Part.PENALTY)


def _nothing_runs(terms: Terms, course: Course, until: date) -> bool:
    """Whether nothing can have run up by the end of a day: no terms, nothing owed, or not late yet."""
    due = course.due_on or course.invoice_on
    return terms.mode is ChargeMode.NONE or until <= due or course.amount_minor <= 0


def _draw(terms: Terms, course: Course, until: date) -> Statement | Problem:
    """The statement of one document up to the end of a day."""
    return draw_statement(_facts(terms, course, course.due_on or course.invoice_on), until)


def _runs_of(drawn: Statement) -> Iterator[_Run]:
    for first, end, base, charge, amount, _index in drawn.replayed.lines:
        part, numer, addend, denom, _charge = compiled(charge, Rounding.HALF_UP)
        yield first, end, base, amount, numer, addend, denom, part == Part.PENALTY


def _sums(runs: list[_Run], end: int) -> tuple[int, int]:
    interest = penalty = 0
    for first, until, base, amount, numer, addend, denom, is_penalty in runs:
        if first >= end:
            continue
        minor = amount if until <= end else (base * (end - first) * numer + addend) // denom
        if is_penalty:
            penalty += minor
        else:
            interest += minor
    return interest, penalty


def _facts(terms: Terms, course: Course, due: date) -> Facts:
    def item(name: str, minor: int, day: date) -> Item:
        return Item(
            name, minor, day, rate=terms.rate, penalty_rate=terms.penalty_rate, rate_basis=terms.rate_basis
        )

    # A payment that was taken back makes the debt stand again, from its own day on.
    again = [(day, minor) for day, minor in course.changes if minor > 0]
    items = [item("0", course.amount_minor, due)]
    items += [item(str(index), minor, max(day, due)) for index, (day, minor) in enumerate(again, start=1)]
    return Facts(
        kind=terms.claim_kind,
        items=tuple(items),
        payments=tuple(Payment(day, -minor) for day, minor in course.changes if minor < 0),
        currency=course.currency,
        late_multiple=terms.late_multiple,
        # The books say which document a payment covered: it lowers the principal from its day on.
        order=PRINCIPAL_FIRST,
    )
