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
from enum import StrEnum

from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.claims.receivables.engine.accruing import Accrual, Course, Terms
from jieqing.kernel.outcomes import Problem, is_problem


class DecisionKind(StrEnum):
    FEE = "fee"
    WAIVER = "waiver"
    CANCELLATION = "cancellation"


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
    accrual = Accrual(terms, course, max((at[0] for at in moments), default=date.min))
    for day, _rank, decision in moments:
        if decision is not None:
            part = _decide(decision, running)
            is_ended = is_ended or decision.kind is DecisionKind.CANCELLATION
            running += part
            _add(plan, _KINDS[decision.kind], day, part)
        elif not is_ended:
            total = accrual.by(day)
            if is_problem(total):
                return total
            for kind, now, before in zip(
                (PostingKind.INTEREST, PostingKind.PENALTY), total, last, strict=True
            ):
                running += now - before
                _add(plan, kind, day, now - before)
            last = total
    return plan


def split_open(principal_minor: int, charges_minor: int) -> tuple[int, int]:
    """Say what is open as principal and as charges: what was paid beyond the principal covers charges.

    Example:
        >>> split_open(0, 500), split_open(-200, 500), split_open(-700, 500)
        ((0, 500), (0, 300), (-200, 0))
    """
    covered = min(max(-principal_minor, 0), max(charges_minor, 0))
    return principal_minor + covered, charges_minor - covered


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
