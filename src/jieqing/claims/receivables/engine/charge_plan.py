"""Charges on an item: late interest and penalty by day, fees, waivers, a cancellation; as the postings that must stand.

Words. A *charge* is what is owed on top of the document: interest and penalty as ``claims.entitlements`` draws them from
the item's own course of principal, and fees that somebody decided. Charges stand on an account of their own (1132), so
that principal and charges are two balances of one item: what the debtor owes is their sum, and a payment that covers
exactly the principal leaves exactly the charges. Accrual happens on *accrual days* of the site; each posts what ran up
since the one before.

``plan_charges`` says what must stand, from the beginning; a service compares it with what stands and ends or writes the
difference. So a late-known payment lowers what was charged, the same day twice changes nothing, and any order of learning
ends in the same postings. A waiver or cancellation never takes more than there is; after a cancellation nothing accrues
until the cancellation is taken back.

Source: 民法典 577, 579, 585; the rules of each charge are those of ``claims.entitlements``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from jieqing.claims.entitlements.engine.facts import ClaimKind, Facts, Item, Payment, RateBasis
from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.entitlements.engine.statement import draw_statement
from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.kernel.outcomes import Problem, is_problem

PRINCIPAL_FIRST = (Part.PRINCIPAL, Part.COSTS, Part.INTEREST, Part.PENALTY, Part.DOUBLED)


class ChargeMode(StrEnum):
    """Values stand in rows and evidence: never rename one."""

    ACCRUE = "accrue"
    THREAT_ONLY = "threat_only"
    NONE = "none"


class DecisionKind(StrEnum):
    FEE = "fee"
    WAIVER = "waiver"
    CANCELLATION = "cancellation"


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


@dataclass(frozen=True, slots=True)
class Decided:
    """An approved decision; for a waiver or cancellation the most that it may take."""

    kind: DecisionKind
    on: date
    amount_minor: int


Plan = dict[tuple[PostingKind, date], int]
"""What must stand on an item's account of charges, by kind and day."""


def plan_charges(
    terms: Terms, course: Course, days: Iterable[date], decided: Sequence[Decided] = ()
) -> Plan | Problem:
    """Return the postings that must stand for an item after the accrual days given."""
    plan: Plan = {}
    running, last, is_ended = 0, (0, 0), False
    moments = sorted([(day, 0, None) for day in set(days)] + [(one.on, _RANK[one.kind], one) for one in decided],
                     key=lambda at: at[:2])  # fmt: skip
    for day, _rank, decision in moments:
        if decision is not None:
            part = _decide(decision, running)
            is_ended = is_ended or decision.kind is DecisionKind.CANCELLATION
            running += part
            _add(plan, _KINDS[decision.kind], day, part)
        elif not is_ended:
            total = accrued(terms, course, day)
            if is_problem(total):
                return total
            for kind, now, before in zip(
                (PostingKind.INTEREST, PostingKind.PENALTY), total, last, strict=True
            ):
                running += now - before
                _add(plan, kind, day, now - before)
            last = total
    return plan


def accrued(terms: Terms, course: Course, until: date) -> tuple[int, int] | Problem:
    """Interest and penalty that ran up to the end of a day, paid or not."""
    due = course.due_on or course.invoice_on
    if terms.mode is ChargeMode.NONE or until <= due or course.amount_minor <= 0:
        return 0, 0
    drawn = draw_statement(_facts(terms, course, due), until)
    if is_problem(drawn):
        return drawn
    interest = drawn.accrued_minor(Part.INTEREST) + drawn.accrued_minor(Part.DOUBLED)
    return interest, drawn.accrued_minor(Part.PENALTY)


def split_open(principal_minor: int, charges_minor: int) -> tuple[int, int]:
    """Say what is open as principal and as charges: what was paid beyond the principal covers charges.

    Example:
        >>> split_open(0, 500), split_open(-200, 500), split_open(-700, 500)
        ((0, 500), (0, 300), (-200, 0))
    """
    covered = min(max(-principal_minor, 0), max(charges_minor, 0))
    return principal_minor + covered, charges_minor - covered


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


def _decide(decision: Decided, running: int) -> int:
    if decision.kind is DecisionKind.FEE:
        return decision.amount_minor
    return -max(0, min(running, decision.amount_minor))


def _add(plan: Plan, kind: PostingKind, day: date, minor: int) -> None:
    if minor:
        plan[kind, day] = plan.get((kind, day), 0) + minor


_KINDS = {
    DecisionKind.FEE: PostingKind.FEE,
    DecisionKind.WAIVER: PostingKind.WAIVER,
    DecisionKind.CANCELLATION: PostingKind.CHARGE_CANCELLATION,
}
# On one day what is charged comes before what is forgiven.
_RANK = {DecisionKind.FEE: 1, DecisionKind.WAIVER: 2, DecisionKind.CANCELLATION: 3}
