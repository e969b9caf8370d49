"""Verbs of clearances: the operator attests one, or ends it early with a reason."""

from datetime import date

from django.db import transaction

from jieqing.estate.accounts.engine.clearances import ClearanceKind, check_term
from jieqing.estate.accounts.models import Clearance, Membership
from jieqing.estate.accounts.services.people import REASON_MISSING
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.trust.evidence import services as evidence

BY_OPERATOR = "operator"


def attest_clearance(
    *,
    actor: Actor,
    membership: Membership,
    kind: ClearanceKind,
    from_on: date,
    to_on: date,
    source_digest: bytes,
    reason: str,
) -> Clearance | Problem:
    """Attest that a member of the actor's site holds a clearance; the document seen is kept as its digest only."""
    reason = reason.strip()
    problem = check_term(from_on, to_on, clock.today()) or (None if reason else REASON_MISSING)
    if problem:
        return problem
    clearance = Clearance(
        id=new_id(),
        site_id=membership.site_id,
        user_id=membership.user_id,
        kind=kind.value,
        from_on=from_on,
        to_on=to_on,
        source=BY_OPERATOR,
        source_digest=source_digest,
        reason=reason[:200],
        attested_by=actor.id,
        created_at=clock.now(),
    )
    with transaction.atomic():
        clearance.entry_id = evidence.record(
            actor=actor,
            action="estate.accounts.clearance_attested",
            subject=f"estate.accounts.user:{clearance.user_id}",
            facts={
                "clearance": clearance.id,
                "kind": kind.value,
                "from": from_on,
                "to": to_on,
                "source": BY_OPERATOR,
                "source_digest": source_digest.hex(),
            },
            personal={"reason": clearance.reason},
        )
        clearance.save(force_insert=True)
    return clearance


def end_clearance(*, actor: Actor, clearance: Clearance, reason: str) -> Clearance | Problem:
    """End a clearance before its time; the row stays."""
    reason = reason.strip()
    if not reason:
        return REASON_MISSING
    with transaction.atomic():
        clearance.ended_at, clearance.ended_by, clearance.end_reason = clock.now(), actor.id, reason[:200]
        clearance.save(update_fields=["ended_at", "ended_by", "end_reason"])
        evidence.record(
            actor=actor,
            action="estate.accounts.clearance_ended",
            subject=f"estate.accounts.user:{clearance.user_id}",
            facts={"clearance": clearance.id, "kind": clearance.kind},
            personal={"reason": clearance.end_reason},
        )
    return clearance
