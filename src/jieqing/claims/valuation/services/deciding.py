"""Judgements of a person over the machine's figures: an overlay, a single item's rate.

Each is a row with its reason and an evidence entry; a new one ends the old one of the same subject; withdrawing ends it.
Nothing computed is changed: the statement shows the base figure, the judgement and its reason side by side.
"""

from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.db import transaction

from jieqing.claims.receivables.access import item_by_id
from jieqing.claims.valuation.engine import decision_problems as problems
from jieqing.claims.valuation.models import Decision, DecisionKind
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

REASON_CHARS_MIN, REASON_CHARS_MAX = 4, 400
_RANGES = {
    DecisionKind.OVERLAY: (Decimal("0.2"), Decimal("5")),
    DecisionKind.ITEM_RATE: (Decimal(0), Decimal(1)),
}


def decide(
    *, actor: Actor, kind: DecisionKind, subject_id: UUID | None, currency: str, value: str, reason: str
) -> Decision | Problem:
    """Record a judgement; the live one of the same subject ends with it."""
    assert actor.site_id is not None, "a judgement belongs to a site"
    reason = reason.strip()
    if not REASON_CHARS_MIN <= len(reason) <= REASON_CHARS_MAX:
        return Problem.of(problems.REASON_MISSING, least=REASON_CHARS_MIN, most=REASON_CHARS_MAX)
    number = _number(value)
    low, high = _RANGES[kind]
    if number is None or not low <= number <= high:
        return Problem.of(problems.VALUE_OUT_OF_RANGE, value=value[:40], low=str(low), high=str(high))
    with site_scope(actor.site_id), transaction.atomic():
        unknown = _unknown(actor, kind, subject_id)
        if unknown is not None:
            return unknown
        live = _live(kind, subject_id, currency)
        if live:
            _end(actor, live, reason)
        decision = Decision(
            id=new_id(),
            site_id=actor.site_id,
            kind=kind.value,
            subject_id=subject_id,
            currency=currency,
            value=format(number.normalize(), "f"),
            reason=reason,
            at=clock.now(),
            by=actor.id,
        )
        decision.entry_id = evidence.record(
            actor=actor,
            action="claims.valuation.decided",
            subject=f"claims.valuation.decision:{decision.id}",
            facts={
                "kind": kind.value,
                "subject": str(subject_id) if subject_id else None,
                "currency": currency,
                "value": decision.value,
                "replaces": str(live.id) if live else None,
            },
            personal={"reason": reason},
        )
        decision.save(force_insert=True)
    return decision


def withdraw(*, actor: Actor, decision: Decision, reason: str) -> Decision | Problem:
    """End a judgement: the computed figure stands again."""
    assert actor.site_id is not None, "a judgement belongs to a site"
    reason = reason.strip()
    if not REASON_CHARS_MIN <= len(reason) <= REASON_CHARS_MAX:
        return Problem.of(problems.REASON_MISSING, least=REASON_CHARS_MIN, most=REASON_CHARS_MAX)
    with site_scope(actor.site_id), transaction.atomic():
        found = Decision.objects.select_for_update().get(id=decision.id)
        if found.ended_at is not None:
            return Problem.of(problems.ALREADY_ENDED)
        _end(actor, found, reason)
    return found


def _unknown(actor: Actor, kind: DecisionKind, subject_id: UUID | None) -> Problem | None:
    """The refusal where the subject is not the site's own; an overlay has none."""
    if kind is DecisionKind.OVERLAY or subject_id is None:
        return (
            None
            if (kind is DecisionKind.OVERLAY) == (subject_id is None)
            else Problem.of(problems.DECISION_UNKNOWN)
        )
    found = item_by_id(actor, subject_id)
    return found if is_problem(found) else None


def _live(kind: DecisionKind, subject_id: UUID | None, currency: str) -> Decision | None:
    return (
        Decision.objects.select_for_update()
        .filter(kind=kind.value, subject_id=subject_id, currency=currency, ended_at=None)
        .first()
    )


def _end(actor: Actor, decision: Decision, reason: str) -> None:
    decision.ended_at, decision.ended_by, decision.end_reason = clock.now(), actor.id, reason
    decision.end_entry_id = evidence.record(
        actor=actor,
        action="claims.valuation.decision_ended",
        subject=f"claims.valuation.decision:{decision.id}",
        facts={"kind": decision.kind, "value": decision.value},
        personal={"reason": reason},
    )
    decision.save(update_fields=["ended_at", "ended_by", "end_reason", "end_entry_id"])


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
