"""Deciding a change that was looked at: a second person, with the reason, before its day.

Adopting a tightening lets the gate hold it from its day on, in the same transaction. Adopting a pack of the platform or a
day of the law is the site's word that it has seen what changes: the release, or the calendar, brings it.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from jieqing.estate.accounts.access import check
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.recovery.assurance import problems
from jieqing.recovery.assurance.access import review_by_id
from jieqing.recovery.assurance.models import ReviewDecision
from jieqing.recovery.assurance.services.reviewing import WORDS_MAX, start_of
from jieqing.trust.compliance.services import overlays as gate_overlays
from jieqing.trust.evidence import services as evidence

MANAGES = "compliance.manage"


def decide_change(
    *, actor: Actor, review_id: UUID, is_adopted: bool, reason: str
) -> ReviewDecision | Problem:
    """Adopt a reviewed change or turn it down, once; never one's own."""
    said = reason.strip()[:WORDS_MAX]
    if not said:
        return Problem.of(problems.WHY_MISSING)
    with transaction.atomic():
        review = review_by_id(actor, review_id)
        if is_problem(review):
            return review
        if actor.kind is not ActorKind.PERSON or review.by == actor.id or check(actor, MANAGES) is not None:
            return Problem.of(problems.SECOND_PERSON)
        if getattr(review, "decision", None) is not None:
            return Problem.of(problems.DECIDED_ALREADY)
        if is_adopted and review.effective_on < clock.today():
            return Problem.of(problems.TOO_LATE)
        if review.overlay_id is not None:
            done = _settle_overlay(actor, review.overlay_id, start_of(review.effective_on), is_adopted, said)
            if done is not None:
                transaction.set_rollback(True)
                return done
        decision = ReviewDecision(
            id=new_id(),
            site_id=review.site_id,
            review=review,
            is_adopted=is_adopted,
            reason=said,
            by=actor.id,
            at=clock.now(),
        )
        decision.entry_id = evidence.record(
            actor=actor,
            action="recovery.assurance.decided",
            subject=f"recovery.assurance.review:{review.pk}",
            facts={"is_adopted": is_adopted, "new_digest": review.new_digest, "changed": review.changed},
            personal={"reason": said},
        )
        try:
            with transaction.atomic():
                decision.save(force_insert=True)
        except IntegrityError:
            transaction.set_rollback(True)
            return Problem.of(problems.DECIDED_ALREADY)
    return decision


def _settle_overlay(
    actor: Actor, overlay_id: UUID, starts: datetime, is_adopted: bool, why: str
) -> Problem | None:
    """Let the site's rules hold from their day on, or drop them."""
    if is_adopted:
        found = gate_overlays.adopt_overlay(
            actor=actor, overlay_id=overlay_id, why=why, effective_from=starts
        )
    else:
        found = gate_overlays.withdraw_overlay(actor=actor, overlay_id=overlay_id, why=why)
    return found if is_problem(found) else None
